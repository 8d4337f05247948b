import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingLog {
  readonly file: string;
  write(chunk: string | Uint8Array): void;
  close(): void;
}

const bytesMaxDefault = 10 * 1024 * 1024;

/**
 * A log file that never grows past `bytesMax`: then it becomes `<file>.1`, whose former content
 * goes. Writes are synchronous, so that the last words before a crash are on disk.
 */
export function openRotatingLog(file: string, bytesMax = bytesMaxDefault): RotatingLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let fd = openSync(file, 'a', 0o600);
  let bytes = statSync(file).size;
  return {
    file,
    write(chunk) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (bytes > 0 && bytes + data.length > bytesMax) {
        closeSync(fd);
        renameSync(file, `${file}.1`);
        fd = openSync(file, 'a', 0o600);
        bytes = 0;
      }
      bytes += writeSync(fd, data);
    },
    close: () => closeSync(fd),
  };
}
