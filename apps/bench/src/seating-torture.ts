import { isDeepStrictEqual } from 'node:util';
import { runTorture } from '@wedsync/seating/testing/torture';
import { atLeast, atMost, type BenchmarkResult, informs } from './report.ts';
import { openBenchDatabase } from './rig.ts';

export interface TortureSize {
  /** Of all 64 writers together. */
  operations: number;
  /** Processes that are killed on the way. */
  kills: number;
}

/** `pnpm bench seating --torture`: 64 writers at one plan, in processes that are killed. */
export async function benchSeatingTorture(size: TortureSize): Promise<BenchmarkResult> {
  const { db, close } = await openBenchDatabase({ guests: 1 });
  try {
    const report = await runTorture(db, { ...size, processes: 4, writersPerProcess: 16, seed: 7 });
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    const answers = report.acknowledged + report.unchanged + refused;
    const yardstick = `64 writers, ${answers} operations, ${report.kills} kills`;
    const of = (measure: string, value: number, unit = '') => ({ measure, value, unit, yardstick });
    const differs = isDeepStrictEqual(report.stored, report.replayed) ? 0 : 1;
    return {
      name: 'seating-torture',
      measures: [
        informs(of('operations', answers / report.seconds, '/s')),
        atLeast(1, of('changes acknowledged', report.acknowledged)),
        atMost(0, of('acknowledged changes lost', report.lostWrites.length)),
        atMost(0, of('seats with two guests', report.doubleSeats)),
        atMost(0, of('guests on two seats', report.doubleGuests)),
        atMost(0, of('rules broken on the way', report.faults.length)),
        atMost(0, of('gaps in the history', report.gaps)),
        atMost(0, of('history differs from the plan', differs)),
        atMost(0, of('processes that failed by themselves', report.crashes.length)),
      ],
    };
  } finally {
    await close();
  }
}
