import type { ColumnChoice, ColumnGuess, ImportField } from '@wedsync/contracts/guest-import';
import { Select } from '@wedsync/ui/select';
import { useWedding } from '../../lib/wedding.ts';
import { optionsOf } from '../guests/words.ts';
import { fieldWords, sureness } from './import-words.ts';

interface ColumnListProps {
  weddingId: string;
  columns: readonly ColumnGuess[];
  onChange: (choice: ColumnChoice) => void;
}

const fieldOptions = optionsOf(fieldWords);
const choiceOf = ({ column, field, eventId, person }: ColumnGuess): ColumnChoice => ({
  column,
  field,
  eventId,
  person,
});
const needsEvent = (field: ImportField) => field === 'event-invited' || field === 'event-answer';

/** What each column was taken for and why, with a choice to take it for something else. */
export function ColumnList({ weddingId, columns, onChange }: ColumnListProps) {
  const { events } = useWedding(weddingId);
  const eventOptions = [
    { value: '', label: 'Every event' },
    ...events.map((event) => ({ value: event.id, label: event.name })),
  ];
  return (
    <ul className="m-0 list-none divide-y divide-line rounded-xl border border-line bg-surface p-0 shadow-card">
      {columns.map((guess) => (
        <li
          key={guess.column}
          className="grid gap-x-5 gap-y-2 px-4 py-3.5 sm:grid-cols-[minmax(0,1fr)_15rem]"
        >
          <div className="min-w-0">
            <p className="font-medium">{guess.header || `Column ${guess.column + 1}`}</p>
            <p className="truncate text-ink-soft text-sm">
              {guess.samples.length > 0 ? guess.samples.join(' · ') : 'Empty'}
            </p>
            <p className="mt-1 text-sm">
              <span className="font-medium">{sureness(guess.confidence)}:</span> {guess.reason}
            </p>
          </div>
          <div className="flex flex-col gap-2">
            <Select
              label={`Meaning of ${guess.header || `column ${guess.column + 1}`}`}
              isLabelHidden
              options={fieldOptions}
              value={guess.field}
              onChange={(field) => onChange({ ...choiceOf(guess), field })}
            />
            {needsEvent(guess.field) ? (
              <Select
                label={`Event of ${guess.header}`}
                isLabelHidden
                options={eventOptions}
                value={guess.eventId ?? ''}
                onChange={(value) => {
                  const event = events.find(({ id }) => id === value);
                  onChange({ ...choiceOf(guess), eventId: event?.id ?? null });
                }}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
