import type { GuestId } from '@wedsync/contracts/ids';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { plural } from '@wedsync/ui/format';
import { SearchField } from '@wedsync/ui/search-field';
import { PartyPopper } from 'lucide-react';
import { useMemo, useState } from 'react';
import { dropZone } from '../floor-plan/drag-controller.ts';
import { useSeating } from '../plan-store.ts';
import { DeclinedNote } from './declined-note.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { filterCount } from './queue-groups.ts';
import { QueueList } from './queue-list.tsx';
import { SeatedMatches } from './seated-matches.tsx';
import { useQueue } from './use-queue.ts';

function NobodyLeft() {
  return (
    <EmptyState icon={<PartyPopper />} title="Everybody has a seat">
      Whoever says yes from now on appears here.
    </EmptyState>
  );
}

function countWords(shown: number, all: number): string {
  return shown === all ? plural(all, 'guest') : `${shown} of ${plural(all, 'guest')}`;
}

/** Guests without a seat by household: search, narrow, select, place. */
export function UnseatedQueue() {
  const { index, selection, actions, canEdit } = useSeating();
  const { text, setText, filter, setFilter, groups, seated } = useQueue();
  const [placing, setPlacing] = useState<readonly GuestId[] | null>(null);
  const selected = useMemo(
    () => new Set(index.unseated.map(({ id }) => id).filter((id) => selection.guestIds.has(id))),
    [index.unseated, selection.guestIds],
  );
  const shown = groups.reduce((sum, { guests }) => sum + guests.length, 0);
  const isNarrowed = text.trim() !== '' || filterCount(filter) > 0;

  return (
    <section
      aria-label="Guests without a seat"
      {...dropZone('unseat')}
      className="flex min-h-0 flex-1 flex-col gap-3 rounded-lg data-is-over:outline-2 data-is-over:outline-accent data-is-over:outline-offset-4"
    >
      <DeclinedNote />
      <div className="flex items-center gap-2">
        <SearchField
          label="Search guests without a seat"
          placeholder="Name or family"
          value={text}
          onChange={setText}
          className="flex-1"
        />
        <QueueFilters filter={filter} onChange={setFilter} />
      </div>
      <p aria-live="polite" className="text-ink-soft text-sm">
        {countWords(shown, index.unseated.length)} without a seat
        {groups.length > 0 ? `, in ${plural(groups.length, 'household')}` : ''}
      </p>
      <QueueList
        label="Guests without a seat"
        groups={groups}
        selected={selected}
        onSelect={(guestIds) => actions.select({ guestIds })}
        onTake={setPlacing}
        takeWord="Place"
        canSelect={canEdit}
        empty={
          isNarrowed ? (
            <p className="px-4 py-8 text-center text-ink-soft">Nobody without a seat matches.</p>
          ) : (
            <NobodyLeft />
          )
        }
        className={groups.length > 0 ? 'h-[56dvh] min-h-64' : ''}
      />
      <SeatedMatches found={seated} />
      {selected.size > 0 ? (
        <div className="sticky bottom-18 z-10 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3.5 py-2.5 shadow-float md:bottom-0">
          <p aria-live="polite" className="mr-auto font-medium text-accent-ink">
            {selected.size} selected
          </p>
          <Button size="sm" variant="quiet" onPress={() => actions.select()}>
            Clear
          </Button>
          <Button size="sm" variant="primary" onPress={() => setPlacing([...selected])}>
            Place…
          </Button>
        </div>
      ) : null}
      {placing ? <PlaceDialog guestIds={placing} onClose={() => setPlacing(null)} /> : null}
    </section>
  );
}
