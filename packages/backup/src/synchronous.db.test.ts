import { afterAll, expect, it } from 'vitest';
import { takeBackup } from './take-backup.ts';
import { BackedUpCluster } from './testing/clusters.ts';

const clusters: BackedUpCluster[] = [];
afterAll(async () => {
  for (const cluster of clusters) await cluster.end();
});

/** Commits one row after the other until the server is gone; remembers what was acknowledged. */
async function commitUntilLost(cluster: BackedUpCluster, writer: number, seen: Set<number>) {
  for (let index = 0; ; index++) {
    const id = writer * 1_000_000 + index;
    try {
      await cluster.sql`insert into payments values (${id})`;
      seen.add(id);
    } catch {
      return;
    }
  }
}

it.each([1, 2, 3])(
  'no acknowledged commit is lost with the server while the vault is a synchronous standby (trial %i)',
  async () => {
    const cluster = await BackedUpCluster.start();
    clusters.push(cluster);
    const { sql } = cluster;
    await sql`create table payments (id int primary key)`;
    cluster.receive();
    await takeBackup({
      url: cluster.server.adminUrl,
      repository: cluster.repository,
      kind: 'full',
    });
    await sql.unsafe("alter system set synchronous_standby_names = 'vault'");
    await sql`select pg_reload_conf()`;
    await expect
      .poll(
        async () => {
          const [row] = await sql`
          select sync_state, current_setting('synchronous_commit') as commit
          from pg_stat_replication where application_name = 'vault'`;
          return row && `${row.sync_state} ${row.commit}`;
        },
        { timeout: 20_000 },
      )
      .toBe('sync on');
    const acknowledged = new Set<number>();
    const writers = [1, 2, 3].map((writer) => commitUntilLost(cluster, writer, acknowledged));
    await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(50);
    await cluster.lose();
    await Promise.all(writers);
    const restored = await cluster.restore({ kind: 'latest' });
    const rows = await restored.sql<{ id: number }[]>`select id from payments`;
    const kept = new Set(rows.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    await restored.end();
  },
);
