import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { expect, it } from 'vitest';
import { raceApply } from './testing/race-apply.ts';

const db = await createTestDatabase();

// A sample; `raceApply` goes on for as many races as it is asked for.
it('a result that is applied while people change the plan overwrites no lock and no move of theirs', async () => {
  const report = await raceApply(db, { races: 60, seed: 5 });
  expect(report.overwritten).toEqual([]);
  expect(report.movedLocks).toEqual([]);
  expect(report.applied).toBeGreaterThan(50);
  expect(report.edits).toBeGreaterThan(60);
  expect(report.stale).toBeGreaterThan(0);
}, 120_000);
