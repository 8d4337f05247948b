import type { WeddingSummary } from '@wedsync/contracts/weddings';
import { StackedMeter } from '@wedsync/ui/meter';
import { Link } from 'react-aria-components';
import { daysUntil, formatCount, formatDay } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { countdownWords } from './countdown.ts';

/** One wedding on the first page: who, when, where, and how the answers stand. */
export function WeddingCard({ wedding }: { wedding: WeddingSummary }) {
  const { date, timeZone, locale, venue, guests, invited, attending, declined } = wedding;
  const answered = attending + declined;
  return (
    <li className="flex">
      <Link
        href={paths.wedding(wedding.weddingId)}
        className="flex w-full flex-col rounded-xl border border-line bg-surface px-5 pt-5 pb-4.5 text-ink no-underline shadow-card transition-shadow data-hovered:border-line-strong data-hovered:shadow-float"
      >
        <span className="text-ink-soft text-sm">
          {date ? formatDay(date, locale) : 'The day is not fixed yet'}
        </span>
        <h2 className="mt-1 font-display text-2xl text-ink">{wedding.title}</h2>
        <span className="mt-0.5 text-ink-soft text-sm">{venue || 'No venue yet'}</span>
        <span className="mt-auto flex flex-col gap-2 pt-6">
          <StackedMeter
            label="Answers"
            max={invited}
            parts={[
              { label: 'coming', value: attending, tone: 'positive' },
              { label: 'not coming', value: declined, tone: 'critical' },
            ]}
          />
          <span className="tabular flex flex-wrap justify-between gap-x-4 text-ink-soft text-sm">
            <span>
              {invited === 0
                ? `${formatCount(guests)} guests, none invited`
                : `${formatCount(answered)} of ${formatCount(invited)} answered`}
            </span>
            {date ? <span>{countdownWords(daysUntil(date, timeZone))}</span> : null}
          </span>
        </span>
      </Link>
    </li>
  );
}
