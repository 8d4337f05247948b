import { killRepeatedly, prepareCampaign } from '@wedsync/communications/testing/campaign';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { atMost, informs, type Measure, median } from '../report.ts';

const guests = 20_000;
const recoveryGoalMs = 20_000;
/** About how long one round takes: the start of two processes and the lease of the one that died. */
const roundMs = 16_000;

/** Kills the worker (SIGKILL) at random points of one mailing, and counts at the sink. */
export async function killCampaign(db: TestDatabase, kills: number): Promise<Measure[]> {
  const campaign = await prepareCampaign(db, { guests });
  try {
    // The survivors send on: the sink takes its time, so that the mailing lasts for all kills.
    const delayMs = (campaign.connectionsMax * roundMs * kills) / guests;
    campaign.sink.rules.delayMs = () => delayMs;
    const done = await killRepeatedly(db, campaign, { kills });
    campaign.sink.rules.delayMs = () => 0;
    await campaign.finish();
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
