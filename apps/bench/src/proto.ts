import { cloneDatabase } from '@wedsync/db/testing/database';
import { startTestCluster } from '@wedsync/db/testing/test-cluster';
import { startTestRedis } from '@wedsync/queue/testing/redis';
import { startOurs } from './queue-contestants.ts';

const cluster = await startTestCluster();
const database = await cloneDatabase(cluster);
const redis = await startTestRedis();
const ours = await startOurs({
  database,
  redisUrl: redis.url,
  concurrency: Number(process.argv[2] ?? 50),
});
await ours.run(2000, async () => {});
await database.admin`create extension if not exists pg_stat_statements`;
await database.admin`select pg_stat_statements_reset()`;
const n = 20000;
const cpu = process.cpuUsage();
const b = await ours.run(n, async () => {});
const u = process.cpuUsage(cpu);
process.stdout.write(
  `ours ${Math.round((n / b) * 1000)}/s cpu/job ${((u.user + u.system) / n).toFixed(0)}us wall ${b.toFixed(0)}\n`,
);
const rows =
  await database.admin`select calls, round(total_exec_time::numeric,1) as ms, rows, left(regexp_replace(query, '\s+', ' ', 'g'), 90) as q from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database()) order by total_exec_time desc limit 8`;
for (const r of rows) process.stdout.write(`${r.calls} calls ${r.ms} ms ${r.rows} rows: ${r.q}\n`);
await ours.close();
await database.drop();
await redis.stop();
await cluster.stop();
