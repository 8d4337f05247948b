import { CircleCheck, TriangleAlert } from 'lucide-react';
import { tableTitle } from './guest-lines.ts';
import type { PlaceChoice, PlaceNote } from './place-choices.ts';

const looks: Record<PlaceNote['weight'], string> = {
  rule: 'text-critical',
  wish: 'text-caution',
  good: 'text-positive',
};

const roomWords = ({ room, view, obstacle }: PlaceChoice) =>
  obstacle ?? `${room} of ${view.seats.length} free`;

/** The choice in one line, for screen readers and for typing ahead. */
export function placeWords(choice: PlaceChoice): string {
  const notes = choice.notes.map(({ message }) => message);
  return [tableTitle(choice.view.table), roomWords(choice), ...notes].join(', ');
}

/** A table as a place: what is free, what speaks against it, what for it. */
export function PlaceOption({ choice }: { choice: PlaceChoice }) {
  const { view, notes } = choice;
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-0.5 py-1">
      <span className="flex items-baseline justify-between gap-3">
        <span className="truncate font-medium">{tableTitle(view.table)}</span>
        <span className="tabular shrink-0 text-ink-soft text-sm">{roomWords(choice)}</span>
      </span>
      {notes.slice(0, 4).map(({ weight, message }) => {
        const Icon = weight === 'good' ? CircleCheck : TriangleAlert;
        return (
          <span key={message} className="flex items-start gap-1.5 text-sm">
            <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${looks[weight]}`} />
            <span className="min-w-0">{message}</span>
          </span>
        );
      })}
    </span>
  );
}
