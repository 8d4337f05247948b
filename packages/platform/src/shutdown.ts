import type { Logger } from './log.ts';

type Step = { name: string; stop: () => unknown };

export interface ShutdownOptions {
  log: Logger;
  /** All steps together get this long; then the process leaves anyway. */
  deadlineMs?: number;
  /** Ends the process; replaced in tests. */
  exit?: (code: number) => void;
}

/** The orderly end of one process. */
export interface Shutdown {
  /** Adds a step; returns a function that takes it out again. Last added runs first. */
  on(name: string, stop: () => unknown): () => void;
  /** Runs all steps once; later calls get the same promise. */
  run(reason: string, exitCode?: number): Promise<void>;
  readonly started: boolean;
}

const deadlineDefaultMs = 10_000;

/**
 * Steps run one after the other in reverse order of registration, so that what was opened last
 * (listeners) closes before what it stands on (pools). A failing step is logged and does not stop
 * the others.
 */
export function createShutdown(options: ShutdownOptions): Shutdown {
  const { log, deadlineMs = deadlineDefaultMs, exit = (code) => process.exit(code) } = options;
  const steps: Step[] = [];
  let running: Promise<void> | undefined;

  async function stopAll(reason: string, exitCode: number): Promise<void> {
    // First of all: whatever goes wrong from here on, even in logging, the process ends in time.
    const deadline = setTimeout(() => {
      exit(1);
    }, deadlineMs);
    log.info({ event: 'platform.shutdown_started', reason, deadlineMs }, 'shutting down');
    for (const step of steps.toReversed()) await runStep(step, log);
    clearTimeout(deadline);
    log.info({ event: 'platform.shutdown_finished' }, 'stopped');
    exit(exitCode);
  }

  return {
    on(name, stop) {
      const step = { name, stop };
      steps.push(step);
      return () => {
        const index = steps.indexOf(step);
        if (index >= 0) steps.splice(index, 1);
      };
    },
    run(reason, exitCode = 0) {
      running ??= stopAll(reason, exitCode);
      return running;
    },
    get started() {
      return running !== undefined;
    },
  };
}

async function runStep(step: Step, log: Logger): Promise<void> {
  const startedAt = performance.now();
  try {
    await step.stop();
    const tookMs = Math.round(performance.now() - startedAt);
    log.debug({ event: 'platform.shutdown_step', step: step.name, tookMs }, 'stopped a part');
  } catch (err) {
    log.error({ event: 'platform.shutdown_step_failed', step: step.name, err }, 'could not stop');
  }
}

/** One Ctrl-C may arrive twice, from the terminal and from npm; later it is a person's second. */
const echoMs = 1_000;

/**
 * Connects the process's end to `shutdown`: SIGTERM, SIGINT, a vanished supervisor (the IPC channel
 * closes, so a killed `npm start` leaves no children behind) and errors nobody caught. A second
 * signal leaves at once.
 */
export function stopOnSignals(shutdown: Shutdown, log: Logger): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (firstAt !== undefined && performance.now() - firstAt > echoMs) process.exit(130);
      firstAt ??= performance.now();
      void shutdown.run(signal);
    });
  }
  if (process.channel) {
    process.once('disconnect', () => void shutdown.run('supervisor gone'));
    // The channel must not keep a process alive that has nothing left to do.
    process.channel.unref();
  }
  for (const kind of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(kind, (err: unknown) => {
      log.fatal({ event: 'platform.uncaught', kind, err }, 'an error nobody caught; stopping');
      void shutdown.run(kind, 1);
    });
  }
}

let processShutdown: Shutdown | undefined;

/** Called once at the start of a program's main; `onShutdown` works from then on. */
export function installShutdown(options: ShutdownOptions): Shutdown {
  if (processShutdown) throw new Error('installShutdown was called twice in one process.');
  processShutdown = createShutdown(options);
  stopOnSignals(processShutdown, options.log);
  return processShutdown;
}

/**
 * Registers something this process must close before it ends; returns the way to take it back.
 * Last registered, first stopped.
 */
export function onShutdown(name: string, stop: () => unknown): () => void {
  if (!processShutdown) throw new Error('Call installShutdown before onShutdown.');
  return processShutdown.on(name, stop);
}
