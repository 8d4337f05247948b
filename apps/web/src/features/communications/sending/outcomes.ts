import type { DeliveryCounts } from '@wedsync/contracts/communications';
import type { MeterPart } from '@wedsync/ui/meter';

/** What became of an audience, as parts of a whole; what has not happened is no part. */
export function outcomesOf(counts: DeliveryCounts): MeterPart[] {
  return [
    { label: 'delivered', value: counts.delivered, tone: 'positive' },
    { label: 'sent', value: counts.sent, tone: 'accent' },
    { label: 'came back', value: counts.bounced + counts.complained, tone: 'critical' },
    { label: 'failed', value: counts.failed, tone: 'critical' },
    { label: 'not certain', value: counts.inDoubt, tone: 'caution' },
    { label: 'left out', value: counts.skipped, tone: 'neutral' },
    { label: 'stopped', value: counts.cancelled, tone: 'neutral' },
  ];
}

/** Deliveries whose part of the sending is over. */
export const settledOf = (counts: DeliveryCounts) =>
  counts.audience - counts.ready - counts.claimed;
