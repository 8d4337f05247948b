import { killRepeatedly, prepareCampaign } from '@wedsync/communications/testing/campaign';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { atMost, informs, type Measure, median } from '../report.ts';

const guests = 20_000;
const recoveryGoalMs = 20_000;
/** A round of a kill: the start of a process, and some arrivals until it is killed. */
const roundMs = 3_000;
const connectionsMax = 10;

/**
 * Kills the worker (SIGKILL) at random points of one mailing, and counts at the sink. The kills come
 * faster than leases end, so that several processes' deliveries are recovered at once.
 */
export async function killCampaign(db: TestDatabase, kills: number): Promise<Measure[]> {
  const campaign = await prepareCampaign(db, { guests, connectionsMax });
  try {
    // The sink takes its time, so that the mailing outlasts the kills.
    const delayMs = (connectionsMax * roundMs * kills) / guests;
    campaign.sink.rules.delayMs = () => delayMs;
    const done = await killRepeatedly(db, campaign, { kills });
    const result = await campaign.reconcile();
    const yardstick = `${done.length} kills in a mailing to ${guests.toLocaleString('en')}`;
    const count = (measure: string, value: number) => ({ measure, value, unit: '', yardstick });
    const recovery = done.map(({ recoveryMs }) => recoveryMs);
    const unaccounted = guests - result.sent - result.inDoubt - result.others;
    return [
      atMost(0, count('lost: sent by the ledger, never arrived', result.lost)),
      atMost(0, count('arrived twice', result.duplicates)),
      atMost(0, count('guests without a state', Math.abs(unaccounted) + result.others)),
      informs(count('in doubt, for a person to decide', result.inDoubt)),
      informs(count('in doubt that did arrive', result.doubtedArrived)),
      atMost(recoveryGoalMs, {
        measure: 'longest recovery',
        value: Math.max(...recovery),
        unit: 'ms',
        yardstick: `median ${median(recovery).toFixed(0)} ms, kill to settled`,
      }),
    ];
  } finally {
    await campaign.stop();
  }
}
