/**
 * V8's settings of our processes, given on the command line wherever they are started (supervisor,
 * container, tests), because they cannot be changed later.
 */
export const nodeFlags = {
  /** Requests leave much behind that dies at once; a larger nursery is swept less often. */
  server: ['--max-semi-space-size=64'],
  /** A mailing leaves nothing behind that lives long; without limits the heap keeps what start-up took. */
  worker: ['--max-semi-space-size=4', '--max-old-space-size=384'],
} as const satisfies Record<'server' | 'worker', readonly string[]>;
