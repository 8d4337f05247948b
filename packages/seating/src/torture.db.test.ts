import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { expect, it } from 'vitest';
import { runTorture } from './testing/torture.ts';

const db = await createTestDatabase();

// A short sample; `pnpm bench seating --torture` goes on for longer.
it('64 people change one plan while processes are killed, and it stays true to its history', async () => {
  const report = await runTorture(db, {
    processes: 4,
    writersPerProcess: 16,
    operations: 1_500,
    kills: 3,
    seed: 11,
  });
  expect(report.crashes).toEqual([]);
  expect(report.kills).toBe(3);
  expect(report.acknowledged).toBeGreaterThan(300);
  expect(report.lostWrites).toEqual([]);
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ doubleSeats: 0, doubleGuests: 0, gaps: 0 });
  expect(report.stored).toEqual(report.replayed);
}, 180_000);
