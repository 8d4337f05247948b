import { startHeartbeat } from '@wedsync/monitoring';
import { loadEnvOrExit } from '@wedsync/platform/env-or-exit';
import { createHealth } from '@wedsync/platform/health';
import { createLogger } from '@wedsync/platform/log';
import { installShutdown } from '@wedsync/platform/shutdown';
import { startQueueRuntime } from '@wedsync/queue/runtime';
import { openDependencies, workerVersion } from './dependencies.ts';
import { createHandlers } from './handlers.ts';
import { createProbes, listen } from './health.ts';
import { startInboundMail } from './inbound-mail.ts';

/** Jobs get this long to end once the process is told to stop; then they are handed back. */
const drainMs = 8_000;

const env = loadEnvOrExit('worker');
const log = createLogger({ service: 'worker', level: env.LOG_LEVEL });
const shutdown = installShutdown({ log, deadlineMs: drainMs + 7_000 });

try {
  const dependencies = openDependencies(env, log);
  const { databaseUrl, wake, metrics, ground, interactiveGround, instance, readPools } =
    dependencies;
  shutdown.on('connections', () => dependencies.close());
  const { serviceDb } = ground;
  const service = 'worker';
  const heartbeat = startHeartbeat({
    serviceDb,
    service,
    instance,
    version: workerVersion,
    readPools,
    log,
  });
  shutdown.on('heartbeat', () => heartbeat.stop());

  const queue = await startQueueRuntime({
    databaseUrl,
    redisUrl: env.REDIS_URL,
    wake,
    handlers: createHandlers(dependencies.deps),
    ground,
    interactiveGround,
    metrics,
  });
  shutdown.on('jobs', () => queue.close(drainMs));

  const inbound = await startInboundMail(env, {
    ...{ serviceDb, wake, log },
    deps: dependencies.deps,
  });
  shutdown.on('inbound mail', () => inbound.close());

  const checks = { database: () => ground.db.ping(), queue: () => queue.connection.ping() };
  const health = createHealth({ checks });
  const app = createProbes({ health, metrics, metricsToken: env.METRICS_TOKEN });
  const { port, close } = await listen(app, { host: env.HOST, port: env.WORKER_PORT });
  shutdown.on('probes', close);
  shutdown.on('readiness', () => health.drain());
  log.info({ event: 'worker.started', port, queue: queue.connection.kind }, 'taking jobs');
} catch (err) {
  log.fatal({ event: 'worker.start_failed', err }, 'could not start');
  await shutdown.run('could not start', 1);
}
