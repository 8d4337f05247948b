import type { EventSummary } from '@wedsync/contracts/guests';
import { Card } from '@wedsync/ui/card';
import { LinkButton } from '@wedsync/ui/link-button';
import { StackedMeter } from '@wedsync/ui/meter';
import { formatCount } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { useWedding } from '../../lib/wedding.ts';
import { whenWords } from './event-words.ts';

interface ProgrammeCardProps {
  weddingId: string;
  figures: readonly EventSummary[];
}

/** The events in their order, each with its answers. */
export function ProgrammeCard({ weddingId, figures }: ProgrammeCardProps) {
  const { wedding, events } = useWedding(weddingId);
  if (events.length === 0) return null;
  return (
    <Card
      title="Programme"
      actions={
        <LinkButton size="sm" variant="quiet" href={paths.answers(weddingId)}>
          All answers
        </LinkButton>
      }
    >
      <ul className="m-0 list-none divide-y divide-line p-0">
        {events.map((event) => {
          const figure = figures.find(({ eventId }) => eventId === event.id);
          return (
            <li key={event.id} className="py-3">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="font-medium">{event.name}</span>
                <span className="text-ink-soft text-sm">{whenWords(event, wedding.locale)}</span>
              </p>
              {figure && figure.invited > 0 ? (
                <div className="mt-2 flex flex-col gap-1">
                  <StackedMeter
                    label={`Answers for ${event.name}`}
                    max={figure.invited}
                    parts={[
                      { label: 'coming', value: figure.yes, tone: 'positive' },
                      { label: 'unsure', value: figure.unsure, tone: 'caution' },
                      { label: 'not coming', value: figure.no, tone: 'critical' },
                    ]}
                  />
                  <p className="tabular text-ink-soft text-sm">
                    {formatCount(figure.yes)} coming, {formatCount(figure.no)} not,{' '}
                    {formatCount(figure.unsure)} unsure, {formatCount(figure.outstanding)} open
                  </p>
                </div>
              ) : (
                <p className="text-ink-soft text-sm">Nobody is invited yet</p>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
