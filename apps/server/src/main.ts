import { startHeartbeat } from '@wedsync/monitoring';
import { loadEnvOrExit } from '@wedsync/platform/env-or-exit';
import { createLogger } from '@wedsync/platform/log';
import { installShutdown } from '@wedsync/platform/shutdown';
import { openDependencies, serverVersion } from './dependencies.ts';
import { openSurfaces } from './surfaces.ts';

const env = loadEnvOrExit('server');
const log = createLogger({ service: 'server', level: env.LOG_LEVEL });
const shutdown = installShutdown({ log });
const stopping = new AbortController();

const dependencies = openDependencies(env, log);
shutdown.on('connections', () => dependencies.close());

const heartbeat = startHeartbeat({
  serviceDb: dependencies.serviceDb,
  service: 'server',
  instance: dependencies.monitoring.instance,
  version: serverVersion,
  readPools: dependencies.monitoring.readPools,
  log,
});
shutdown.on('heartbeat', () => heartbeat.stop());

try {
  const surfaces = await openSurfaces({ env, log, dependencies, stopping: stopping.signal });
  shutdown.on('listeners', async () => {
    dependencies.health.drain();
    stopping.abort();
    await Promise.all([surfaces.web.close(), surfaces.admin.close()]);
  });
  const ports = { web: surfaces.web.port, admin: surfaces.admin.port };
  log.info({ event: 'server.listening', host: env.HOST, ...ports }, 'listening');
} catch (err) {
  log.fatal({ err }, 'server.start_failed');
  await shutdown.run('could not start', 1);
}
