import type { ImportDecisions } from '@wedsync/contracts/guest-import';
import type { GuestImportPreview } from '@wedsync/contracts/guest-imports';
import { Checkbox } from '@wedsync/ui/checkbox';
import { EmptyState } from '@wedsync/ui/empty-state';
import { guestName } from '../guests/words.ts';
import { changedFieldWord } from './import-words.ts';

interface HeldBackListProps {
  preview: GuestImportPreview;
  decisions: ImportDecisions;
  onDecide: (decisions: ImportDecisions) => void;
}

/** Fields edited here since the last import: they stay, unless the file shall win. */
export function HeldBackList({ preview, decisions, onDecide }: HeldBackListProps) {
  const held = [
    ...preview.guests.map((guest) => ({ ...guest, name: guestName(guest.values) })),
    ...preview.households.map((household) => ({ ...household, name: household.values.name })),
  ].flatMap(({ key, name, heldBack }) => heldBack.map((change) => ({ key, name, ...change })));
  const decided = decisions.overwrites.map((entry) => {
    const guest = preview.guests.find(({ key }) => key === entry.key);
    return { ...entry, name: guest ? guestName(guest.values) : 'Household' };
  });
  const isOverwritten = (key: string, field: string) =>
    decisions.overwrites.some((entry) => entry.key === key && entry.field === field);
  const toggle = (key: string, field: string) => {
    const others = decisions.overwrites.filter(
      (entry) => entry.key !== key || entry.field !== field,
    );
    onDecide({
      ...decisions,
      overwrites: isOverwritten(key, field) ? others : [...others, { key, field }],
    });
  };
  if (held.length === 0 && decided.length === 0 && preview.missing.length === 0) {
    return (
      <EmptyState title="Nothing is held back">
        What you edited here is never overwritten by a file without asking.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <ul className="m-0 list-none divide-y divide-line rounded-xl border border-line bg-surface p-0 shadow-card">
        {held
          .filter(({ key, field }) => !isOverwritten(key, field))
          .map(({ key, name, field, from, to }) => (
            <li key={`${key}-${field}`} className="flex flex-wrap justify-between gap-3 px-4 py-3">
              <span>
                <strong className="font-medium">{name}</strong>, {changedFieldWord(field)}: here “
                {from}”, in the file “{to}”
              </span>
              <Checkbox isSelected={false} onChange={() => toggle(key, field)}>
                Take the file’s
              </Checkbox>
            </li>
          ))}
        {decided.map(({ key, field, name }) => (
          <li key={`${key}-${field}`} className="flex flex-wrap justify-between gap-3 px-4 py-3">
            <span>
              <strong className="font-medium">{name}</strong>, {changedFieldWord(field)}: taken from
              the file
            </span>
            <Checkbox isSelected onChange={() => toggle(key, field)}>
              Take the file’s
            </Checkbox>
          </li>
        ))}
      </ul>
      {preview.missing.length > 0 ? (
        <p className="text-ink-soft">
          Not in the file any more, and kept: {preview.missing.map(({ name }) => name).join(', ')}.
        </p>
      ) : null}
    </div>
  );
}
