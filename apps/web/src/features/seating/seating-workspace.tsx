import { lazyRouteComponent, useNavigate, useSearch } from '@tanstack/react-router';
import type { WeddingEvent } from '@wedsync/contracts/weddings';
import { IconButton } from '@wedsync/ui/icon-button';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Skeleton } from '@wedsync/ui/skeleton';
import { Redo2, Undo2 } from 'lucide-react';
import { Suspense } from 'react';
import { formatCount, plural } from '../../lib/format.ts';
import { EventChoice } from './event-choice.tsx';
import { useSeating } from './plan-store.ts';
import type { SeatingSearch } from './seating-search.ts';
import { SidePanel } from './side-panel.tsx';

const FloorPlan = lazyRouteComponent(() => import('./floor-plan/floor-plan.tsx'), 'FloorPlan');
const ListMode = lazyRouteComponent(() => import('./lists/list-mode.tsx'), 'ListMode');
const PrintMenu = lazyRouteComponent(() => import('./prints/print-menu.tsx'), 'PrintMenu');
const ReflowBanner = lazyRouteComponent(() => import('./runs/reflow-banner.tsx'), 'ReflowBanner');

/** The open plan: floor plan or list, and beside it what helps to fill the seats. */
export function SeatingWorkspace({ event }: { event: WeddingEvent }) {
  const { weddingId, index, plan } = useSeating();
  const search: SeatingSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const view = search.view ?? 'plan';
  const change = (patch: SeatingSearch) =>
    void navigate({ to: '.', search: { ...search, ...patch }, replace: true });
  const seated = plan.assignments.length;
  return (
    <Page
      title="Seating"
      width="wide"
      note={
        <span className="tabular">
          {formatCount(seated)} of {plural(seated + index.unseated.length, 'guest')} seated ·{' '}
          {plural(plan.tables.length, 'table')} · {plural(index.seatCount, 'seat')}
        </span>
      }
      actions={
        <>
          <EventChoice weddingId={weddingId} eventId={event.id} />
          <RadioGroup
            label="How the plan is shown"
            isLabelHidden
            look="segments"
            options={[
              { value: 'plan', label: 'Floor plan' },
              { value: 'list', label: 'List' },
            ]}
            value={view}
            onChange={(next) => change({ view: next === 'list' ? 'list' : undefined })}
          />
          <UndoButtons />
          <Suspense>
            <PrintMenu />
          </Suspense>
        </>
      }
    >
      <Suspense>
        <ReflowBanner />
      </Suspense>
      {/* The plan fills the window; a list is as long as it is, and the panel stays beside it. */}
      <div
        className={`flex flex-1 flex-col gap-4 lg:flex-row ${view === 'plan' ? 'lg:h-[calc(100dvh-10.25rem)] lg:min-h-128 lg:flex-none' : ''}`}
      >
        <section
          aria-label={view === 'list' ? 'Seating as a list' : 'Floor plan'}
          className="flex min-w-0 flex-1 flex-col lg:min-h-96"
        >
          <Suspense fallback={<Skeleton className="min-h-96 flex-1" />}>
            {view === 'list' ? <ListMode /> : <FloorPlan />}
          </Suspense>
        </section>
        <SidePanel
          panel={search.panel ?? 'guests'}
          onSelect={(panel) => change({ panel })}
          isSticky={view === 'list'}
        />
      </div>
      <StatusForScreenReaders />
    </Page>
  );
}

function UndoButtons() {
  const { plan, canEdit, actions } = useSeating();
  if (!canEdit) return null;
  return (
    <span className="flex items-center">
      <IconButton label="Undo" isDisabled={!plan.canUndo} onPress={() => void actions.undo()}>
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton label="Redo" isDisabled={!plan.canRedo} onPress={() => void actions.redo()}>
        <Redo2 aria-hidden="true" />
      </IconButton>
    </span>
  );
}

/** Speaks what was done, in whichever view it was done. */
function StatusForScreenReaders() {
  const { message } = useSeating();
  return (
    <p aria-live="polite" className="sr-only">
      {message}
    </p>
  );
}
