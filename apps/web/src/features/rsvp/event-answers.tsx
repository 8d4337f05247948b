import { dietWords } from '@wedsync/contracts/diet-words';
import type { EventSummary } from '@wedsync/contracts/guests';
import { Badge } from '@wedsync/ui/badge';
import { Card } from '@wedsync/ui/card';
import { Link } from '@wedsync/ui/link';
import { StackedMeter } from '@wedsync/ui/meter';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { formatCount, formatDay, plural } from '../../lib/format.ts';
import { keysOf } from '../../lib/keys-of.ts';
import { paths } from '../../lib/paths.ts';
import { useWedding, type WeddingEvent } from '../../lib/wedding.ts';
import { ageWords } from '../guests/words.ts';

interface EventAnswersProps {
  weddingId: string;
  event: WeddingEvent;
  figures: EventSummary;
}

/** One event in figures: every figure leads to its guests; food and ages are of those who come. */
export function EventAnswers({ weddingId, event, figures }: EventAnswersProps) {
  const { wedding } = useWedding(weddingId);
  const list = (answer: string) => `${paths.guests(weddingId)}?event=${event.id}&answer=${answer}`;
  const figure = (answer: string, count: number) => (
    <Link variant="quiet" href={list(answer)}>
      {formatCount(count)}
    </Link>
  );
  const { invited, yes, no, unsure, outstanding } = figures;
  const answered = invited - outstanding;
  return (
    <Card
      title={event.name}
      note={[event.startsOn ? formatDay(event.startsOn, wedding.locale) : null, event.venue]
        .filter(Boolean)
        .join(' · ')}
    >
      {invited === 0 ? (
        <p className="text-ink-soft">
          Nobody is invited yet. Select guests in the{' '}
          <Link href={paths.guests(weddingId)}>guest list</Link> and invite them.
        </p>
      ) : (
        <div className="flex flex-col gap-5">
          <div className="flex flex-col gap-1.5">
            <StackedMeter
              label={`Answers for ${event.name}`}
              max={invited}
              parts={[
                { label: 'coming', value: yes, tone: 'positive' },
                { label: 'unsure', value: unsure, tone: 'caution' },
                { label: 'not coming', value: no, tone: 'critical' },
              ]}
            />
            <p className="text-ink-soft text-sm">
              {formatCount(answered)} of {plural(invited, 'guest')} answered
            </p>
          </div>
          <StatRow>
            <Stat label="Coming" value={figure('yes', yes)} />
            <Stat label="Not coming" value={figure('no', no)} />
            <Stat label="Unsure" value={figure('unsure', unsure)} />
            <Stat label="No answer yet" value={figure('outstanding', outstanding)} />
          </StatRow>
          {yes > 0 ? <Kitchen figures={figures} /> : null}
        </div>
      )}
    </Card>
  );
}

function Kitchen({ figures }: { figures: EventSummary }) {
  const ages = keysOf(ageWords).filter((age) => figures.ages[age] > 0);
  return (
    <dl className="m-0 grid gap-x-4 gap-y-2 border-line border-t pt-4 text-base sm:grid-cols-[7rem_1fr]">
      <dt className="text-ink-soft">Ages</dt>
      <dd className="m-0">
        {ages.map((age) => `${formatCount(figures.ages[age])} × ${ageWords[age]}`).join(', ')}
      </dd>
      <dt className="text-ink-soft">Food</dt>
      <dd className="m-0 flex flex-wrap gap-1.5">
        {figures.diets.length === 0 ? 'No wishes' : null}
        {figures.diets.map(({ code, severity, count }) => (
          <Badge key={`${code}-${severity}`} tone={severity === 'allergy' ? 'critical' : 'neutral'}>
            {formatCount(count)} × {dietWords[code]}
            {severity === 'allergy' ? ' (allergy)' : ''}
          </Badge>
        ))}
        {figures.withDietNotes > 0 ? (
          <Badge tone="info">{formatCount(figures.withDietNotes)} × in their own words</Badge>
        ) : null}
      </dd>
      {figures.withAccessibility > 0 ? (
        <>
          <dt className="text-ink-soft">Accessibility</dt>
          <dd className="m-0">{plural(figures.withAccessibility, 'guest')} with a need</dd>
        </>
      ) : null}
    </dl>
  );
}
