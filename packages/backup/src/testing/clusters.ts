import { execFile } from 'node:child_process';
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedPostgres, startPostgres } from '@wedsync/platform/embedded/postgres';
import { locateHome, prepareHome } from '@wedsync/platform/embedded/postgres-home';
import postgres from 'postgres';
import { createFileStore } from '../adapters/repository/file-store.ts';
import { type BackupKeys, SealedObjects } from '../adapters/repository/sealed-objects.ts';
import { WalSpool } from '../adapters/wal/wal-spool.ts';
import { WalVault } from '../adapters/wal/wal-vault.ts';
import type { Repository } from '../catalogue.ts';
import { type Lsn, parseLsn, segmentBytesDefault } from '../model/lsn.ts';
import type { RecoveryTarget } from '../restore-cluster.ts';
import { restoreCluster } from '../restore-cluster.ts';

const run = promisify(execFile);

export function newBackupKeys(): BackupKeys {
  const active = { id: randomUUID(), key: createSecretKey(randomBytes(32)) };
  return { active, all: new Map([[active.id, active.key]]) };
}

/** A cluster of its own with a repository beside it; everything is gone after `end`. */
export class BackedUpCluster {
  readonly folder: string;
  readonly server: EmbeddedPostgres;
  readonly sql: postgres.Sql;
  readonly keys = newBackupKeys();
  readonly repository: Repository;
  readonly spool: WalSpool;
  systemId = '';
  #flushed: Lsn = 0n;
  readonly #stop = new AbortController();
  #receiving: Promise<void> | undefined;

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.folder = folder;
    this.server = server;
    this.sql = postgres(server.adminUrl, { max: 4, onnotice: () => {} });
    const store = createFileStore(join(folder, 'repository'));
    this.repository = { store, objects: new SealedObjects(store, this.keys) };
    this.spool = this.openSpool();
  }

  static async start(): Promise<BackedUpCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'wedsync-backup-'));
    // The account that the server runs under must get through, to its own folders only.
    await run('chmod', ['755', folder]);
    const server = await startPostgres({ dir: join(folder, 'live'), profile: 'test' });
    const cluster = new BackedUpCluster(folder, server);
    await cluster.sql.unsafe('alter system set summarize_wal = on');
    // Only what is flushed can be received: without it, the last commits would still lie in memory.
    await cluster.sql.unsafe('alter system set synchronous_commit = on');
    await cluster.sql`select pg_reload_conf()`;
    const [row] = await cluster.sql`select system_identifier::text as id from pg_control_system()`;
    cluster.systemId = row?.id;
    return cluster;
  }

  openSpool(): WalSpool {
    const dir = join(this.folder, 'spool');
    return new WalSpool({ dir, keys: this.keys, segmentBytes: segmentBytesDefault });
  }

  /** Begins to receive the log. */
  receive(): void {
    const vault = new WalVault({
      url: this.server.adminUrl,
      name: 'vault',
      spool: this.spool,
      objects: this.repository.objects,
      segmentBytes: segmentBytesDefault,
      onProgress: ({ flushed }) => {
        this.#flushed = flushed;
      },
    });
    this.#receiving = vault.receive(this.#stop.signal).catch(() => {});
  }

  /** Until everything that was written so far is kept outside the server. */
  async caughtUp(): Promise<void> {
    const [row] = await this.sql`select pg_current_wal_flush_lsn()::text as lsn`;
    const lsn = parseLsn(row?.lsn);
    const giveUpAt = Date.now() + 60_000;
    while (this.#flushed < lsn) {
      if (Date.now() > giveUpAt) throw new Error('the log was not received within a minute');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends the server as the loss of its machine would; its data are gone with it. */
  async lose(): Promise<void> {
    await this.sql.end({ timeout: 0 });
    process.kill(this.server.pid, 'SIGKILL');
    this.#stop.abort();
    await this.#receiving;
    await this.server.stop().catch(() => {});
    await rm(this.server.dataDir, { recursive: true, force: true });
  }

  /** Restores beside the original and starts a server on it. */
  async restore(target: RecoveryTarget): Promise<RestoredServer> {
    const dir = await mkdtemp(join(this.folder, 'restored-'));
    await run('chmod', ['755', dir]);
    const home = await locateHome(dir);
    await prepareHome(home);
    await mkdir(home.dataDir, { mode: 0o700 });
    const { repository, systemId } = this;
    const restoring = { repository, systemId, target, dataDir: home.dataDir };
    await restoreCluster({ ...restoring, spool: this.openSpool() });
    const original = join(this.server.dataDir, '..');
    await copyFile(join(original, 'superuser.password'), home.passwordFile);
    if (home.user) await run('chown', ['-R', `${home.user.uid}:${home.user.gid}`, home.dataDir]);
    const server = await startPostgres({ dir, profile: 'test' });
    const sql = postgres(server.adminUrl, { max: 2, onnotice: () => {} });
    await untilWritable(sql);
    const end = async () => {
      await sql.end({ timeout: 1 });
      await server.stop();
    };
    return { sql, end };
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#receiving;
    await this.sql.end({ timeout: 0 });
    await this.server.stop().catch(() => {});
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface RestoredServer {
  sql: postgres.Sql;
  end(): Promise<void>;
}

async function untilWritable(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await sql`select pg_is_in_recovery() as recovering`;
    if (row?.recovering === false) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The same for the same rows, in whatever order they lie. */
export async function checksumOf(sql: postgres.Sql, table: string): Promise<string> {
  const [row] = await sql`
    select count(*) || '|' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum
    from ${sql(table)} t`;
  return row?.sum;
}
