import type { ErrorKind } from '@wedsync/contracts/errors';

/** What a violated constraint means to a person. Keyed by the constraint's name. */
export type ConstraintMessages = Readonly<
  Record<string, { kind: ErrorKind; code: string; message: string }>
>;
