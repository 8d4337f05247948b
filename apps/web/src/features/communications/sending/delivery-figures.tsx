import type { DeliveryCounts, Message } from '@wedsync/contracts/communications';
import { StackedMeter } from '@wedsync/ui/meter';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { formatCount, plural } from '../../../lib/format.ts';
import { reasonWords } from '../delivery-words.ts';
import { outcomesOf } from './outcomes.ts';

interface DeliveryFiguresProps {
  counts: DeliveryCounts;
  reasons: Message['reasons'];
  /** A progress bar stands above while it moves; two bars would say the same. */
  hasProgress: boolean;
}

/** Every guest of the audience in exactly one figure, and why some got nothing. */
export function DeliveryFigures({ counts, reasons, hasProgress }: DeliveryFiguresProps) {
  const waiting = counts.ready + counts.claimed;
  return (
    <>
      {hasProgress ? null : (
        <StackedMeter label="Deliveries" max={counts.audience} parts={outcomesOf(counts)} />
      )}
      <StatRow>
        <Stat label="Guests" value={formatCount(counts.audience)} />
        {waiting > 0 ? <Stat label="Waiting" value={formatCount(waiting)} /> : null}
        <Stat label="Sent" value={formatCount(counts.sent)} note="no word back yet" />
        <Stat label="Delivered" value={formatCount(counts.delivered)} />
        <Stat
          label="Came back"
          value={formatCount(counts.bounced)}
          note={counts.complained > 0 ? `${formatCount(counts.complained)} unwanted` : undefined}
        />
        <Stat label="Failed" value={formatCount(counts.failed)} />
        <Stat label="Not certain" value={formatCount(counts.inDoubt)} />
        <Stat label="Left out" value={formatCount(counts.skipped)} />
        {counts.cancelled > 0 ? (
          <Stat label="Stopped" value={formatCount(counts.cancelled)} />
        ) : null}
      </StatRow>
      {reasons.length > 0 ? (
        <ul className="m-0 list-none space-y-1 p-0 text-ink-soft text-sm">
          {reasons.map(({ reason, count }) => (
            <li key={reason}>
              {reasonWords[reason]}: {plural(count, 'guest')}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
