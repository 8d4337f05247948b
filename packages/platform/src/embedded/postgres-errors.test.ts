import { describe, expect, it } from 'vitest';
import { diagnose } from './postgres-errors.ts';

const context = { dataDir: '/d', logFile: '/d.log', port: 5433 };

describe('diagnose', () => {
  it.each([
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', /Port 5433 is taken/],
    [
      'FATAL:  could not resize shared memory segment "/x" to 1 bytes: No space left on device',
      /shm/,
    ],
    ['FATAL:  could not write to file "pg_wal/x": No space left on device', /Free at least 500 MB/],
    ['FATAL:  could not create shared memory segment: Invalid argument', /sysctl/],
    ['initdb: error: invalid locale name "C.UTF-8"', /apt-get install locales/],
    [
      'postgres: error while loading shared libraries: libicuuc.so.60: cannot open',
      /system library/,
    ],
    [
      'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
      /earlier PostgreSQL/,
    ],
    ['FATAL:  data directory "/d" has wrong ownership', /belongs to another user/],
    ['FATAL:  database files are incompatible with server', /another version/],
    ['PANIC:  could not locate a valid checkpoint record', /damaged/],
    ['LOG:  hello\nFATAL:  something new\n', /did not start: FATAL: {2}something new/],
  ])('explains %s in one line', (output, remedy) => {
    const { message } = diagnose(output, context);
    expect(message).toMatch(remedy);
    expect(message).not.toContain('\n');
  });
});
