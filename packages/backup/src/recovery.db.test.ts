import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBackups } from './catalogue.ts';
import { parseLsn } from './model/lsn.ts';
import { takeBackup } from './take-backup.ts';
import { BackedUpCluster, checksumOf } from './testing/clusters.ts';
import { verifyBackup } from './verify-backup.ts';

const clusters: BackedUpCluster[] = [];
async function newCluster(): Promise<BackedUpCluster> {
  const cluster = await BackedUpCluster.start();
  clusters.push(cluster);
  cluster.receive();
  await cluster.sql`create table guests (n int primary key, name text)`;
  await cluster.sql`insert into guests select n, repeat('x', 200) from generate_series(1, 20000) n`;
  return cluster;
}
afterAll(async () => {
  for (const cluster of clusters) await cluster.end();
});

const backupOf = (cluster: BackedUpCluster, kind: 'full' | 'incremental') =>
  takeBackup({ url: cluster.server.adminUrl, repository: cluster.repository, kind });

describe('a server that is lost', () => {
  it('comes back to the last commit from one full and two incremental backups and the log', async () => {
    const cluster = await newCluster();
    const { sql } = cluster;
    await backupOf(cluster, 'full');
    await sql`update guests set name = 'Ana' where n % 100 = 0`;
    await sql`create table tables as select 1 as number`;
    const first = await backupOf(cluster, 'incremental');
    await sql`delete from guests where n > 15000`;
    await sql`vacuum guests`;
    await sql`insert into guests values (90001, 'Bia')`;
    const second = await backupOf(cluster, 'incremental');
    expect(second.parent).toBe(first.label);
    await sql`insert into guests values (90002, 'after every backup')`;
    const before = await checksumOf(sql, 'guests');
    await cluster.caughtUp();
    await cluster.lose();
    const restored = await cluster.restore({ kind: 'latest' });
    expect(await checksumOf(restored.sql, 'guests')).toBe(before);
    await restored.sql`create extension amcheck`;
    const damage = await restored.sql`select * from verify_heapam('guests')`;
    expect([...damage]).toEqual([]);
    await restored.sql`select bt_index_check('guests_pkey', true)`;
    await restored.sql`insert into guests values (90003, 'goes on')`;
    await restored.end();
  });
});

describe('a moment before a mistake', () => {
  let cluster: BackedUpCluster;
  let place: { lsn: string; at: Date };
  beforeAll(async () => {
    cluster = await newCluster();
    const { sql } = cluster;
    await backupOf(cluster, 'full');
    await sql`insert into guests values (90001, 'kept')`;
    await sql`select pg_create_restore_point('before the mistake')`;
    // JavaScript knows moments to the millisecond only, and cuts the rest off.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [row] = await sql<(typeof place)[]>`
      select pg_current_wal_insert_lsn()::text as lsn, clock_timestamp() as at`;
    if (row) place = row;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sql`delete from guests`;
    await cluster.caughtUp();
    await cluster.lose();
  });

  it.each([
    ['its name', () => ({ kind: 'name', name: 'before the mistake' }) as const],
    ['its place in the log', () => ({ kind: 'lsn', lsn: parseLsn(place.lsn) }) as const],
    ['its time', () => ({ kind: 'time', at: place.at }) as const],
  ])('is brought back by %s', async (_by, target) => {
    const restored = await cluster.restore(target());
    const [row] = await restored.sql`select count(*)::int as n from guests`;
    expect(row?.n).toBe(20_001);
    await restored.end();
  });

  it('cannot be brought back from before the oldest backup', async () => {
    const tooEarly = cluster.restore({ kind: 'time', at: new Date(Date.now() - 3_600_000) });
    await expect(tooEarly).rejects.toMatchObject({ code: 'backup.target-too-early' });
  });
});

describe('what is stored', () => {
  it('is found whole, and every damage to it is found', async () => {
    const cluster = await newCluster();
    const { repository, systemId } = cluster;
    await backupOf(cluster, 'full');
    await cluster.sql`update guests set name = 'Ana' where n % 100 = 0`;
    const { label } = await backupOf(cluster, 'incremental');
    expect(await verifyBackup(repository, { systemId, label })).toEqual([]);
    const names = await repository.store.list(`${systemId}/backups/`);
    for (const name of names) {
      const size = await repository.store.size(name);
      const whole = await repository.store.read(name, 0, size);
      const put = (bytes: Buffer) =>
        repository.store.write(
          name,
          (async function* () {
            yield bytes;
          })(),
        );
      for (const at of [5, Math.floor(size / 2), size - 20]) {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        await put(damaged);
        const found = await verifyBackup(repository, { systemId, label }).catch((error) => [error]);
        expect(found, `${name} at ${at}`).not.toEqual([]);
      }
      await repository.store.remove(name);
      const found = await verifyBackup(repository, { systemId, label }).catch((error) => [error]);
      expect(found, `${name} missing`).not.toEqual([]);
      await put(whole);
    }
    expect(await verifyBackup(repository, { systemId, label })).toEqual([]);
  });

  it('is no backup until its record is written, and an incremental one needs a parent', async () => {
    const cluster = await newCluster();
    await expect(backupOf(cluster, 'incremental')).rejects.toMatchObject({
      code: 'backup.no-parent',
    });
    expect(await listBackups(cluster.repository, cluster.systemId)).toEqual([]);
    await backupOf(cluster, 'full');
    expect(await listBackups(cluster.repository, cluster.systemId)).toHaveLength(1);
  });
});
