import type { ImportIssue, PlannedGuest } from '@wedsync/contracts/guest-import';
import type { GuestImportPreview } from '@wedsync/contracts/guest-imports';
import { Badge, type BadgeTone } from '@wedsync/ui/badge';
import { DataGrid, type GridColumn } from '@wedsync/ui/data-grid';
import { EmptyState } from '@wedsync/ui/empty-state';
import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { DietBadges } from '../guests/diet-badges.tsx';
import { guestName } from '../guests/words.ts';
import { actionWords } from './import-words.ts';

const actionTones: Record<PlannedGuest['action'], BadgeTone> = {
  create: 'positive',
  update: 'info',
  unchanged: 'neutral',
  skip: 'neutral',
};

function columnsFor(preview: GuestImportPreview): GridColumn<PlannedGuest>[] {
  const households = new Map(preview.households.map(({ key, values }) => [key, values.name]));
  const issues = new Map<number, ImportIssue[]>();
  for (const issue of preview.issues) {
    if (issue.row === null || issue.severity === 'info') continue;
    issues.set(issue.row, [...(issues.get(issue.row) ?? []), issue]);
  }
  return [
    {
      id: 'row',
      header: 'Row',
      width: '4.5rem',
      align: 'end',
      cell: (guest) => <span className="tabular text-ink-soft">{guest.row}</span>,
      sortValue: (guest) => guest.row,
    },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(12rem,1.5fr)',
      cell: (guest) => (
        <span className="truncate font-medium">
          {guest.values.title ? `${guest.values.title} ` : ''}
          {guestName(guest.values)}
          {guest.plusOneOfKey ? (
            <span className="font-normal text-ink-soft"> · companion</span>
          ) : null}
        </span>
      ),
      sortValue: (guest) => `${guest.values.lastName} ${guest.values.firstName}`,
    },
    {
      id: 'household',
      header: 'Household',
      width: 'minmax(10rem,1.2fr)',
      cell: (guest) => (
        <span className="truncate text-ink-soft">{households.get(guest.householdKey) ?? ''}</span>
      ),
      sortValue: (guest) => households.get(guest.householdKey) ?? '',
    },
    {
      id: 'action',
      header: 'Result',
      width: '7.5rem',
      cell: (guest) => <Badge tone={actionTones[guest.action]}>{actionWords[guest.action]}</Badge>,
      sortValue: (guest) => guest.action,
    },
    {
      id: 'contact',
      header: 'Contact',
      width: 'minmax(13rem,1.3fr)',
      cell: ({ values }) => (
        <span className="tabular truncate">
          {[...values.emails, ...values.phones].join(', ') || (
            <span className="text-ink-faint">None</span>
          )}
        </span>
      ),
    },
    {
      id: 'diet',
      header: 'Diet',
      width: 'minmax(10rem,1.2fr)',
      cell: ({ values }) => <DietBadges diets={values.diets} />,
    },
    {
      id: 'issue',
      header: 'Remark',
      width: 'minmax(14rem,1.8fr)',
      cell: (guest) => {
        const [first] = issues.get(guest.row) ?? [];
        return first ? (
          <span className="flex min-w-0 items-center gap-1.5 text-caution">
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            <span className="truncate" title={first.message}>
              {first.message}
            </span>
          </span>
        ) : null;
      },
    },
  ];
}

/** Every guest of the file as it will stand afterwards. */
export function PlannedGuests({ preview }: { preview: GuestImportPreview }) {
  const columns = useMemo(() => columnsFor(preview), [preview]);
  return (
    <DataGrid
      label="Guests of the file"
      rows={preview.guests}
      rowId={(guest) => guest.key}
      rowLabel={(guest) => guestName(guest.values)}
      columns={columns}
      rowHeight={40}
      className="h-[52dvh] min-h-72"
      empty={
        <EmptyState title="No guest was found in this file">
          Look at the columns: at least one must be a name.
        </EmptyState>
      }
    />
  );
}
