import { type Env, EnvError, loadEnv, type ProcessKind } from './env.ts';

/** sysexits.h: the configuration is at fault; starting again does not help. */
const exitConfig = 78;

/**
 * The configuration of a program's main file: findings are printed as they are, one line each with
 * the remedy, instead of a stack trace.
 */
export function loadEnvOrExit(kind: ProcessKind): Env {
  try {
    return loadEnv(undefined, kind);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(exitConfig);
  }
}
