import { cloneDatabase } from '@wedsync/db/testing/database';
import { startTestCluster } from '@wedsync/db/testing/test-cluster';
import { startTestRedis } from '@wedsync/queue/testing/redis';
import postgres from 'postgres';
import { startBare, startOurs, type Work } from './queue-contestants.ts';

const cluster = await startTestCluster();
const database = await cloneDatabase(cluster);
await database.admin.unsafe(
  `create schema rig; create unlogged table rig.bench(at timestamptz); grant all on schema rig to wedsync_worker; grant all on rig.bench to wedsync_worker`,
);
const db = postgres(database.url('worker'), { max: 16 });
const noop: Work = async () => {};
const statement: Work = () => db`insert into rig.bench (at) values (now())`;
const redis = await startTestRedis();
const c = Number(process.argv[2] ?? 50);
for (const redisUrl of [redis.url, undefined]) {
  const arena = { database, redisUrl, concurrency: c };
  const ours = await startOurs(arena);
  const bare = await startBare(arena);
  for (const [name, work, n] of [
    ['noop', noop, redisUrl ? 10000 : 3000],
    ['statement', statement, redisUrl ? 5000 : 3000],
  ] as const) {
    for (let round = 0; round < 4; round++) {
      const a = await bare.run(n, work);
      const cpu = process.cpuUsage();
      const b = await ours.run(n, work);
      const u = process.cpuUsage(cpu);
      process.stdout.write(
        `${redisUrl ? 'redis' : 'pg'} ${name} bare ${Math.round((n / a) * 1000)}/s ours ${Math.round((n / b) * 1000)}/s ratio ${(a / b).toFixed(2)} cpu/job ${((u.user + u.system) / n).toFixed(0)}us\n`,
      );
    }
  }
  await bare.close();
  await ours.close();
}
await db.end();
await database.drop();
await redis.stop();
await cluster.stop();
