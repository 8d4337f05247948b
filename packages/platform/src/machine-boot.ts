import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

function read(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // macOS has no /proc.
  }
  try {
    return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
  } catch {
    // Where nothing tells, each process is taken for one after a restart: careful, and never wrong.
    return randomUUID();
  }
}

let known: string | undefined;

/**
 * Names this run of this machine: the same for all its processes and containers, another one after
 * every start. What a process has written is with the kernel as long as this stays the same.
 */
export function machineBoot(): string {
  known ??= read();
  return known;
}
