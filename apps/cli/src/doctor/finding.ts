import type { EmbeddedSecrets } from '@wedsync/platform/embedded/secrets';
import type { Env, EnvKey } from '@wedsync/platform/env';
import type { Installation } from '../supervisor/installation.ts';

/** What the doctor says about one part. */
export interface Finding {
  part: string;
  /** warn: works without it, but something is smaller than it could be. */
  status: 'ok' | 'warn' | 'fail';
  detail: string;
  /** What to do; absent when all is well. */
  remedy?: string;
}

export interface DoctorContext {
  installation: Installation;
  env: Env;
  given: ReadonlySet<EnvKey>;
  /** Process id of a running `npm start`. */
  supervisor: number | undefined;
  secrets: EmbeddedSecrets | undefined;
}

export type Check = (context: DoctorContext) => Promise<Finding>;

export function ok(part: string, detail: string): Finding {
  return { part, status: 'ok', detail };
}
export function warn(part: string, detail: string, remedy: string): Finding {
  return { part, status: 'warn', detail, remedy };
}
export function fail(part: string, detail: string, remedy: string): Finding {
  return { part, status: 'fail', detail, remedy };
}
