import { join } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';
import type { PostgresProfile } from '@wedsync/platform/embedded/postgres-settings';
import { givenKeys, loadEnv } from '@wedsync/platform/env';
import { createLogger } from '@wedsync/platform/log';
import { installShutdown } from '@wedsync/platform/shutdown';
import { describeFailure } from '../command.ts';
import { createTerminal } from '../terminal.ts';
import type { StartContext } from './embedded-parts.ts';
import type { Installation } from './installation.ts';
import { openRotatingLog } from './rotating-log.ts';
import { clearEarlierSupervisor } from './run-file.ts';
import { StartStopped } from './stack.ts';

/** Children get 15 s, PostgreSQL 35 s. */
const shutdownDeadlineMs = 60_000;

/**
 * Makes this process a supervisor: settings, a log of its own, and the orderly end on Ctrl-C,
 * SIGTERM or a closed terminal. What an earlier supervisor that was killed left is ended first.
 * @throws DomainError precondition under NODE_ENV=production, unavailable where one is running
 */
export async function openSession(
  installation: Installation,
  profile: PostgresProfile = 'development',
): Promise<StartContext> {
  const env = loadEnv(undefined, 'tool');
  if (env.NODE_ENV === 'production') {
    throw new DomainError(
      'precondition',
      'cli.production',
      'This starts everything on one machine for trying out and developing; NODE_ENV=production is for docker-compose.yml. Unset NODE_ENV and start again.',
    );
  }
  const terminal = createTerminal();
  await clearEarlierSupervisor(installation.runFile, terminal);
  const destination = openRotatingLog(join(installation.logsDir, 'supervisor.log'));
  const log = createLogger({ service: 'supervisor', level: env.LOG_LEVEL, destination });
  const shutdown = installShutdown({ log, deadlineMs: shutdownDeadlineMs });
  process.once('SIGHUP', () => void shutdown.run('SIGHUP'));
  return { installation, env, given: givenKeys(), terminal, log, shutdown, profile };
}

/**
 * Runs the work of a supervisor and ends the process through the orderly shutdown when it fails.
 * Never resolves while the session lasts.
 */
export async function holdSession(context: StartContext, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StartStopped) && !context.shutdown.started) {
      const { message, exitCode } = describeFailure(error);
      context.log.error({ event: 'cli.start_failed', err: error }, 'could not start');
      process.stderr.write(`wedsync: ${message}\n`);
      await context.shutdown.run('the start failed', exitCode);
    }
  }
  // The end of the process comes from the shutdown.
  await new Promise<never>(() => undefined);
  return 0;
}
