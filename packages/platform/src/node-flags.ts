/**
 * V8's settings of our processes, given on the command line wherever they are started (supervisor,
 * container, tests), because they cannot be changed later.
 */
export const nodeFlags = {
  /** Requests leave much behind that dies at once; a larger nursery is swept less often. */
  server: ['--max-semi-space-size=32'],
  worker: [],
} as const satisfies Record<'server' | 'worker', readonly string[]>;
