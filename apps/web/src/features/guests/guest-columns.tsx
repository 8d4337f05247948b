import type { GuestRow, Tag } from '@wedsync/contracts/guests';
import { Badge } from '@wedsync/ui/badge';
import type { GridColumn } from '@wedsync/ui/data-grid';
import { UserPlus } from 'lucide-react';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { AnswerMark } from './answer-mark.tsx';
import { CellEditor } from './cell-editor.tsx';
import type { TextField } from './cell-edits.ts';
import { ContactCell } from './contact-cell.tsx';
import { DietBadges } from './diet-badges.tsx';
import { guestName, tagTones } from './words.ts';

export interface ColumnInput {
  weddingId: string;
  events: readonly WeddingEvent[];
  tags: readonly Tag[];
  sides: Record<string, string>;
  /** False for people who may only read. */
  canEdit: boolean;
  onOpen: (guestId: string) => void;
}

function NameCell({ row, onOpen }: { row: GuestRow; onOpen: (guestId: string) => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => onOpen(row.id)}
      className="-mx-1 flex min-h-8 min-w-0 cursor-pointer items-center gap-2 rounded-md px-1 text-left font-medium hover:underline"
    >
      {row.plusOneOf ? (
        <UserPlus aria-hidden="true" className="size-4 shrink-0 text-ink-faint" />
      ) : null}
      <span className={`truncate ${row.firstName || row.lastName ? '' : 'text-ink-soft italic'}`}>
        {guestName(row)}
      </span>
      {row.plusOneOf ? <span className="sr-only">, companion</span> : null}
      {row.isErased ? <Badge>Erased</Badge> : null}
    </button>
  );
}

function TagsCell({ row, tags }: { row: GuestRow; tags: ReadonlyMap<string, Tag> }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {row.tagIds.map((id) => {
        const tag = tags.get(id);
        return tag ? (
          <Badge key={id} tone={tagTones[tag.color]}>
            {tag.name}
          </Badge>
        ) : null;
      })}
    </span>
  );
}

const answerOrder = { yes: 0, unsure: 1, no: 2 };

/** The columns of the guest list: fixed ones, then one for each event. */
export function guestColumns(input: ColumnInput): GridColumn<GuestRow>[] {
  const { weddingId, events, tags, sides, canEdit, onOpen } = input;
  const tagById = new Map<string, Tag>(tags.map((tag) => [tag.id, tag]));
  const editorFor = (field: TextField, label: string): GridColumn<GuestRow>['editor'] =>
    canEdit
      ? (row, close) => (
          <CellEditor
            {...{ weddingId, row, field, close }}
            label={`${label} of ${guestName(row)}`}
          />
        )
      : undefined;
  const contact = (field: 'email' | 'phone', header: string): GridColumn<GuestRow> => ({
    id: field,
    header,
    width: field === 'email' ? 'minmax(13rem,1.4fr)' : 'minmax(9.5rem,1fr)',
    cell: (row) => <ContactCell {...{ weddingId, row, field }} />,
    sortValue: (row) => row[field] ?? '',
    editor: editorFor(field, header),
  });
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(12.5rem,1.5fr)',
      isPinned: true,
      cell: (row) => <NameCell row={row} onOpen={onOpen} />,
      sortValue: (row) => `${row.lastName} ${row.firstName}`,
    },
    {
      id: 'household',
      header: 'Household',
      width: 'minmax(10rem,1.2fr)',
      cell: (row) => <span className="truncate text-ink-soft">{row.householdName}</span>,
      sortValue: (row) => row.householdName,
    },
    ...events.map(
      (event): GridColumn<GuestRow> => ({
        id: `event-${event.id}`,
        header: event.name,
        width: '9.5rem',
        cell: (row) => <AnswerMark answer={row.answers[event.id]} />,
        sortValue: (row) => {
          const answer = row.answers[event.id];
          return answer === undefined ? 4 : answer === null ? 3 : answerOrder[answer];
        },
      }),
    ),
    contact('email', 'E-mail'),
    contact('phone', 'Phone'),
    {
      id: 'diet',
      header: 'Diet',
      width: 'minmax(11rem,1.2fr)',
      cell: (row) => <DietBadges diets={row.diets} />,
    },
    {
      id: 'tags',
      header: 'Tags',
      width: 'minmax(10rem,1.2fr)',
      cell: (row) => <TagsCell row={row} tags={tagById} />,
    },
    {
      id: 'side',
      header: 'Side',
      width: '8rem',
      cell: (row) => <span className="truncate">{row.side ? sides[row.side] : ''}</span>,
      sortValue: (row) => row.side ?? '',
    },
  ];
}
