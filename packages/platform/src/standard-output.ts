import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

const standardOutput = 1;
const pauseMs = 5;
const patienceMs = 2_000;
const never = new Int32Array(new SharedArrayBuffer(4));

type Write = (fd: number, data: Uint8Array) => number;

/**
 * Where log lines go by default. pino's own destination tries for ever to write to a reader that is
 * gone (sonic-boom's flushSync), and with it hangs a process whose supervisor was killed. This one
 * gives up on a vanished reader, and on one that takes nothing for two seconds.
 */
export function standardOutputLines(write: Write = writeSync): DestinationStream {
  let readerIsGone = false;
  return {
    write(line) {
      let rest: Uint8Array = Buffer.from(line);
      let waitedMs = 0;
      while (rest.length > 0 && !readerIsGone && waitedMs < patienceMs) {
        try {
          rest = rest.subarray(write(standardOutput, rest));
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) {
            readerIsGone = true;
            return;
          }
          Atomics.wait(never, 0, 0, pauseMs);
          waitedMs += pauseMs;
        }
      }
    },
  };
}
