import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { usePlanStore, useSeating } from '../plan-store.ts';
import { registerDropSurface } from './drag-controller.ts';
import type { Detail } from './geometry/viewport.ts';
import { createNudger } from './nudge.ts';
import { PlanControls } from './plan-controls.tsx';
import { listenToGestures, targetAt } from './plan-gestures.ts';
import { enterTable, pressKey, spotOf } from './plan-keys.ts';
import { boxOf, PlanStage } from './plan-stage.tsx';
import { PlanToolbar } from './plan-toolbar.tsx';
import { createPlanView, type PlanView } from './plan-view.ts';
import { PresenceMarks } from './presence-marks.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TargetMark, type TargetMarkHandle } from './target-mark.tsx';
import { usePlanFocus } from './use-plan-focus.ts';
import { useUndoKeys } from './use-undo-keys.ts';

const TableDialog = lazyRouteComponent(() => import('./table-dialog.tsx'), 'TableDialog');
const FixtureDialog = lazyRouteComponent(() => import('./fixture-dialog.tsx'), 'FixtureDialog');
const RoomDialog = lazyRouteComponent(() => import('./room-dialog.tsx'), 'RoomDialog');

const idOf = (key: string) => key.slice(key.indexOf(':') + 1);

/**
 * The room from above: guests are seated and tables arranged by mouse, finger or keyboard. Panning,
 * zooming and dragging run outside React; a change of the plan draws the tables that it touches.
 */
export function FloorPlan() {
  const store = usePlanStore();
  const { plan, index, isArranging, shownTableId } = useSeating();
  const [detail, setDetail] = useState<Detail>('seats');
  const [opened, setOpened] = useState<string | null>(null);
  const [view] = useState(() => createPlanView(setDetail));
  const parts = useRef<Record<'frame' | 'stage' | 'guideX' | 'guideY', HTMLDivElement | null>>({
    frame: null,
    stage: null,
    guideX: null,
    guideY: null,
  });
  const room = useRef<SVGSVGElement>(null);
  const overlay = useRef<SVGSVGElement>(null);
  const mark = useRef<TargetMarkHandle>(null);
  const nudger = useMemo(() => createNudger(store, () => room.current), [store]);
  const { focusKey, focus, point } = usePlanFocus(index, room);
  const box = useMemo(() => boxOf(plan), [plan]);
  useUndoKeys(store);

  const open = useCallback(
    (key: string) => {
      const table = store.state().index.tableList.find(({ table: { id } }) => id === idOf(key));
      if (store.state().isArranging || !table) setOpened(key);
      else
        enterTable(
          { store, view, focusKey: key, focus, onOpen: setOpened, nudger },
          table.table.id,
        );
    },
    [store, view, focus, nudger],
  );

  // Before it is attached: the first look shows the whole room.
  useEffect(() => view.setBox(box), [view, box]);
  useEffect(() => {
    const { frame, stage } = parts.current;
    if (!frame || !stage || !room.current) return;
    return view.attach({ frame, stage, svg: room.current });
  }, [view]);
  const pointTo = useEffectEvent(point);
  const openThing = useEffectEvent(open);
  useEffect(() => {
    const { frame, guideX, guideY } = parts.current;
    if (!frame || !guideX || !guideY || !room.current || !overlay.current) return;
    const stopGestures = listenToGestures({
      store,
      view,
      frame,
      parts: { room: room.current, overlay: overlay.current, guideX, guideY },
      onOpen: (key) => openThing(key),
      onFocus: (key) => pointTo(key),
    });
    const leave = registerDropSurface({
      // With the buttons that lie over it: guests are dropped through them.
      element: frame.parentElement ?? frame,
      find: (x, y) => targetAt({ store, view }, { x, y }, false),
      mark: (target) => mark.current?.show(target),
    });
    return () => {
      stopGestures();
      leave();
    };
  }, [store, view]);
  const showTable = useEffectEvent((tableId: string) => {
    const shown = index.tableList.find(({ table }) => table.id === tableId);
    if (!shown) return;
    view.reveal(shown.table, 0.05);
    focus(`table:${tableId}`);
    store.actions.showTable(null);
  });
  useEffect(() => {
    if (shownTableId) showTable(shownTableId);
  }, [shownTableId]);

  const keys = { store, view, focusKey, focus, onOpen: setOpened, nudger };
  const lookAt = useEffectEvent((key: string, isByKeyboard: boolean) => {
    const spot = isByKeyboard ? spotOf(keys, key) : null;
    if (spot) view.reveal(spot);
    point(key);
  });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (pressKey(keys, event)) event.preventDefault();
  });
  useEffect(() => {
    const { frame } = parts.current;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    // A screen reader, or the Tab key backwards, may come to a thing by itself.
    const onFocusIn = ({ target }: FocusEvent) => {
      const key = target instanceof Element ? target.getAttribute('data-focus-key') : null;
      // Under a pointer nothing may move between its press and its release.
      if (key && target instanceof Element) lookAt(key, target.matches(':focus-visible'));
    };
    // Browsers scroll to what has the focus, also where only the view may move.
    const onScroll = () => frame?.scrollTo(0, 0);
    frame?.addEventListener('scroll', onScroll);
    frame?.addEventListener('keydown', listener);
    frame?.addEventListener('focusin', onFocusIn);
    return () => {
      frame?.removeEventListener('keydown', listener);
      frame?.removeEventListener('focusin', onFocusIn);
      frame?.removeEventListener('scroll', onScroll);
    };
  }, []);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-xl border border-line bg-sunken shadow-card">
      <PlanToolbar onOpen={setOpened} />
      <div className="relative h-72 sm:h-96 lg:h-auto lg:min-h-80 lg:flex-1">
        <div
          ref={(element) => {
            parts.current.frame = element;
          }}
          role="application"
          aria-label={isArranging ? 'Floor plan, arranging the room' : 'Floor plan'}
          aria-describedby="plan-keys"
          className={`absolute inset-0 touch-none select-none overflow-hidden ${isArranging ? '' : 'cursor-grab active:cursor-grabbing'}`}
        >
          <div
            ref={(element) => {
              parts.current.stage = element;
            }}
            className="absolute top-0 left-0 origin-top-left will-change-transform"
          >
            <PlanStage ref={room} box={box} detail={detail} focusKey={focusKey} />
          </div>
          <PresenceMarks view={view} />
          <TargetMark ref={mark} view={view} />
          <svg
            ref={overlay}
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 size-full overflow-visible will-change-transform"
          />
          <Guide
            axis="x"
            refTo={(element) => {
              parts.current.guideX = element;
            }}
          />
          <Guide
            axis="y"
            refTo={(element) => {
              parts.current.guideY = element;
            }}
          />
        </div>
        <PlanControls view={view} />
      </div>
      <SelectionBar onOpen={setOpened} />
      <p id="plan-keys" className="sr-only">
        Arrow keys go from table to table and from seat to seat. Enter goes into a table, picks up a
        guest and puts the guest down. H picks up a household, Space selects, Delete frees a seat, L
        locks, Escape lets go, plus and minus zoom, zero shows everything.
      </p>
      <Suspense>
        <OpenedThing opened={opened} onClose={() => setOpened(null)} view={view} />
      </Suspense>
    </div>
  );
}

/** A line along which a dragged thing stands level with another. */
function Guide(props: { axis: 'x' | 'y'; refTo: (element: HTMLDivElement | null) => void }) {
  return (
    <div
      ref={props.refTo}
      aria-hidden="true"
      className={`pointer-events-none absolute top-0 left-0 bg-rose opacity-0 ${props.axis === 'x' ? 'h-full w-px' : 'h-px w-full'}`}
    />
  );
}

interface OpenedThingProps {
  opened: string | null;
  onClose: () => void;
  view: PlanView;
}

/** The dialog of what was opened; a new table or fixture goes to the middle of what is seen. */
function OpenedThing({ opened, onClose, view }: OpenedThingProps) {
  const { index } = useSeating();
  if (!opened) return null;
  if (opened === 'room') return <RoomDialog onClose={onClose} />;
  const table = index.tableList.find(({ table: { id } }) => id === idOf(opened));
  if (table) return <TableDialog view={table} at={table.table} onClose={onClose} />;
  const fixture = index.fixtures.get(idOf(opened));
  if (fixture) return <FixtureDialog fixture={fixture} at={fixture} onClose={onClose} />;
  const at = view.middle();
  if (opened === 'new-table') return <TableDialog view={null} at={at} onClose={onClose} />;
  if (opened === 'new-fixture') return <FixtureDialog fixture={null} at={at} onClose={onClose} />;
  return null;
}
