import { lazyRouteComponent, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { DataGrid } from '@wedsync/ui/data-grid';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { SearchX, UserPlus, Users } from 'lucide-react';
import { Suspense, useCallback, useMemo, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { useCanEdit, useWedding } from '../../lib/wedding.ts';
import { FilterBar } from './filter-bar.tsx';
import { guestColumns } from './guest-columns.tsx';
import { guestEntries } from './guest-entry.tsx';
import { filterKeys, type GuestSearch } from './guest-search.ts';
import { SummaryLine } from './summary-line.tsx';
import { useGuestRows } from './use-guest-rows.ts';
import { useGuestWords } from './use-guest-words.ts';
import { guestName } from './words.ts';

// What opens over the list arrives when it is opened: the list itself is there sooner.
const BulkBar = lazyRouteComponent(() => import('./bulk-bar.tsx'), 'BulkBar');
const GuestDrawer = lazyRouteComponent(() => import('./guest-drawer.tsx'), 'GuestDrawer');
const GuestsMenu = lazyRouteComponent(() => import('./guests-menu.tsx'), 'GuestsMenu');
const NewGuestDrawer = lazyRouteComponent(() => import('./new-guest-drawer.tsx'), 'NewGuestDrawer');

function NoGuests({ weddingId, onAdd }: { weddingId: string; onAdd: () => void }) {
  return (
    <EmptyState
      icon={<Users />}
      title="Your guest list starts here"
      actions={
        <>
          <LinkButton href={paths.guestImport(weddingId)} variant="primary">
            Import a spreadsheet
          </LinkButton>
          <Button onPress={onAdd}>Add the first guest</Button>
        </>
      }
    >
      Drop the list you already have, however messy: CSV, Excel or contacts from your phone. You see
      what will happen before anything is saved.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No guest matches"
      actions={<Button onPress={onClear}>Show all guests</Button>}
    >
      Try fewer letters, or take a filter away.
    </EmptyState>
  );
}

/** The guest list: search, filter, edit in place, open a guest, change many at once. */
export function GuestsPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/guests' });
  const search = useSearch({ from: '/app/weddings/$weddingId/guests' });
  const navigate = useNavigate({ from: '/weddings/$weddingId/guests' });
  const { events } = useWedding(weddingId);
  const canEdit = useCanEdit(weddingId);
  const { tags, sides } = useGuestWords(weddingId);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useGuestRows(weddingId, search);

  const change = (patch: Partial<GuestSearch>) =>
    void navigate({ search: (previous) => ({ ...previous, ...patch }), replace: true });
  const open = useCallback(
    (guest: string | undefined) =>
      void navigate({ search: (previous) => ({ ...previous, guest }) }),
    [navigate],
  );
  const clear = () =>
    change({ q: undefined, ...Object.fromEntries(filterKeys.map((key) => [key, undefined])) });
  // Columns keep their identity while the address changes, or every keystroke would rebuild them.
  const { columns, compact } = useMemo(() => {
    const input = { weddingId, events, tags, sides, canEdit, onOpen: open };
    return { columns: guestColumns(input), compact: guestEntries(input) };
  }, [weddingId, events, tags, sides, canEdit, open]);
  const isNarrowed = Boolean(search.q) || filterKeys.some((key) => search[key]);
  const isEmpty = list.rows.length === 0 && !isNarrowed;

  return (
    <Page
      title="Guests"
      width="wide"
      note={<SummaryLine weddingId={weddingId} />}
      actions={
        canEdit ? (
          <>
            <Suspense>
              <GuestsMenu weddingId={weddingId} />
            </Suspense>
            <LinkButton href={paths.guestImport(weddingId)}>Import</LinkButton>
            <Button variant="primary" onPress={() => open('new')}>
              <UserPlus aria-hidden="true" />
              Add guest
            </Button>
          </>
        ) : null
      }
    >
      {isEmpty && !list.isLoading ? null : (
        <FilterBar {...{ search, events, tags, sides }} onChange={change} />
      )}
      {selected.size > 0 ? (
        <Suspense>
          <BulkBar
            {...{ weddingId, selected, events, tags }}
            onClear={() => setSelected(new Set())}
          />
        </Suspense>
      ) : null}
      {list.error ? (
        <FailureState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isLoading ? (
        <SkeletonRows rows={10} label="The guest list is loading" />
      ) : isEmpty ? (
        <NoGuests weddingId={weddingId} onAdd={() => open('new')} />
      ) : (
        <DataGrid
          label="Guests"
          rows={list.rows}
          rowId={(row) => row.id}
          rowLabel={guestName}
          columns={columns}
          compact={compact}
          selection={canEdit ? { selected, onChange: setSelected } : undefined}
          onOpen={(row) => open(row.id)}
          empty={<NothingFound onClear={clear} />}
          className="min-h-80 flex-1 basis-[60dvh]"
        />
      )}
      <Suspense>
        {search.guest === 'new' ? (
          <NewGuestDrawer weddingId={weddingId} rows={list.all} onClose={() => open(undefined)} />
        ) : search.guest ? (
          <GuestDrawer
            key={search.guest}
            weddingId={weddingId}
            guestId={search.guest}
            rows={list.all}
            onOpen={open}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}
