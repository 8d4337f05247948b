import { failureOf } from '@wedsync/contracts/failure';
import type { GuestId } from '@wedsync/contracts/ids';
import type { PlanChange } from '@wedsync/contracts/seating';
import { notify } from '@wedsync/ui/toast';
import { trpcClient } from '../../lib/trpc.ts';
import { guestName } from '../guests/words.ts';
import type { Pending, PlanCore } from './create-plan-store.ts';
import { planPlacing } from './place-guests.ts';
import {
  guessFixture,
  guessLocked,
  guessMoved,
  guessPlacements,
  guessRemoved,
  guessSwap,
  guessTable,
  guessUnseated,
} from './plan-guesses.ts';
import { selectionActions } from './plan-selection.ts';
import type { SeatingActions } from './plan-store.ts';

const api = trpcClient.seating;

/** The words of a refusal: what each guest met, where the server says so. */
function detailOf(error: unknown): string {
  const { message, details } = failureOf(error);
  const conflicts = Array.isArray(details.conflicts) ? details.conflicts : [];
  const reasons = conflicts.flatMap((conflict: unknown) =>
    typeof conflict === 'object' && conflict !== null && 'message' in conflict
      ? [String(conflict.message)]
      : [],
  );
  const shown = reasons.slice(0, 3).join(' ');
  return reasons.length > 3 ? `${shown} And ${reasons.length - 3} more.` : shown || message;
}

/** Does it, says what was done; on refusal says what happened and keeps `guestIds` picked. */
type Change = (
  refusal: string,
  pending: Omit<Pending, 'onRefused'>,
  guestIds?: readonly GuestId[],
) => Promise<PlanChange | null>;

interface RoomOptions {
  core: PlanCore;
  layout: () => { weddingId: string; layoutId: string };
}

type RoomVerbs =
  | 'addTables'
  | 'updateTable'
  | 'removeTables'
  | 'addFixtures'
  | 'updateFixture'
  | 'removeFixtures'
  | 'moveThings'
  | 'updateLayout';

/** The verbs that change the room instead of who sits where. */
function roomActions(
  change: Change,
  { core, layout }: RoomOptions,
): Pick<SeatingActions, RoomVerbs> {
  const { weddingId } = core.state();
  // Read when it is sent: a change before it in the queue has made the version another.
  const tableVersion = (id: Parameters<SeatingActions['updateTable']>[0]) =>
    core.state().index.tables.get(id)?.table.version ?? 1;
  return {
    addTables: (tables) =>
      change('The table was not added', {
        send: () => api.addTables.mutate({ ...layout(), tables: [...tables] }),
      }),
    updateTable: (tableId, set) =>
      change('The table was not changed', {
        guess: guessTable(tableId, set),
        send: () =>
          api.updateTable.mutate({ weddingId, tableId, version: tableVersion(tableId), set }),
      }),
    removeTables: (tableIds) =>
      change('The table was not removed', {
        guess: guessRemoved({ tableIds }),
        send: () => api.removeTables.mutate({ ...layout(), tableIds: [...tableIds] }),
      }),
    addFixtures: (fixtures) =>
      change('It was not added', {
        send: () => api.addFixtures.mutate({ ...layout(), fixtures: [...fixtures] }),
      }),
    updateFixture: (fixtureId, set) =>
      change('It was not changed', {
        guess: guessFixture(fixtureId, set),
        send: () => {
          const version = core.state().index.fixtures.get(fixtureId)?.version ?? 1;
          return api.updateFixture.mutate({ weddingId, fixtureId, version, set });
        },
      }),
    removeFixtures: (fixtureIds) =>
      change('It was not removed', {
        guess: guessRemoved({ fixtureIds }),
        send: () => api.removeFixtures.mutate({ ...layout(), fixtureIds: [...fixtureIds] }),
      }),
    moveThings: (moves) =>
      change('It was not moved', {
        guess: guessMoved(moves),
        send: () =>
          api.moveThings.mutate({
            ...layout(),
            tables: [...moves.tables],
            fixtures: [...moves.fixtures],
          }),
      }),
    updateLayout: (set) =>
      change('The room was not changed', {
        guess: (plan) => ({ ...plan, layout: { ...plan.layout, ...set } }),
        send: () =>
          api.updateLayout.mutate({
            ...layout(),
            version: core.state().plan.layout.version,
            ...set,
          }),
      }),
  };
}

type GuestVerbs = 'seat' | 'swap' | 'unseat' | 'lock' | 'undo' | 'redo';

/** The verbs that change who sits where. */
function guestActions(change: Change, core: PlanCore): Pick<SeatingActions, GuestVerbs> {
  const { weddingId, eventId } = core.state();
  const event = { weddingId, eventId };
  return {
    seat: (placements) =>
      change(
        placements.length === 1 ? 'The guest was not moved' : 'Nobody was moved',
        {
          guess: guessPlacements(placements),
          send: () => api.assignSeats.mutate({ ...event, placements: [...placements] }),
        },
        placements.map(({ guestId }) => guestId),
      ),
    swap: (one, other) =>
      change('The two did not change places', {
        guess: guessSwap(one, other),
        send: () => api.swapSeats.mutate({ ...event, guestIds: [one, other] }),
      }),
    unseat: (guestIds) =>
      change(
        'The seat was not freed',
        {
          guess: guessUnseated(guestIds),
          send: () => api.unassignSeats.mutate({ ...event, guestIds: [...guestIds] }),
        },
        guestIds,
      ),
    lock: (guestIds, isLocked) =>
      change(isLocked ? 'The seat was not locked' : 'The seat was not unlocked', {
        guess: guessLocked(guestIds, isLocked),
        send: () => api.lockSeats.mutate({ ...event, guestIds: [...guestIds], isLocked }),
      }),
    undo: () => change('Nothing was undone', { send: () => api.undo.mutate(event) }),
    redo: () => change('Nothing was done again', { send: () => api.redo.mutate(event) }),
  };
}

/** Works out where guests go, refuses in words what cannot be, and does the rest. */
function placing(core: PlanCore, actions: Omit<SeatingActions, 'place'>): SeatingActions['place'] {
  /** Somebody without a seat takes another's, who is selected to get a new one. */
  const seatInstead = async (guestId: GuestId, sitting: GuestId) => {
    const { assignments, guests } = core.state().index;
    const seat = assignments.get(sitting);
    if (!seat || !(await actions.unseat([sitting]))) return null;
    const { tableId, seatNumber } = seat;
    const seated = await actions.seat([{ guestId, tableId, seatNumber }]);
    const gone = guests.get(sitting);
    if (seated && gone) {
      notify({
        tone: 'news',
        title: `${guestName(gone)} has no seat now`,
        detail: 'The guest is selected: choose another seat.',
      });
      actions.select({ guestIds: [sitting] });
    }
    return seated;
  };
  return async (guestIds, target) => {
    const { index } = core.state();
    const plan = planPlacing(index, guestIds, target);
    if (plan.kind === 'nothing') return null;
    if (plan.kind === 'refused') {
      notify({ tone: 'news', title: plan.title, detail: plan.detail });
      actions.announce(`${plan.title}. ${plan.detail}`);
      return null;
    }
    actions.letGo();
    if (plan.kind === 'seat') return actions.seat(plan.placements);
    const [one, other] = plan.guestIds;
    return index.assignments.has(one) ? actions.swap(one, other) : seatInstead(one, other);
  };
}

/** Everything that can be done to the open plan; see `SeatingActions`. */
export function createPlanActions(core: PlanCore): SeatingActions {
  const { weddingId } = core.state();
  const selecting = selectionActions(core);
  const change: Change = async (refusal, pending, guestIds = []) => {
    const done = await core.perform({
      ...pending,
      onRefused(error) {
        const detail = detailOf(error);
        notify({ tone: 'problem', title: refusal, detail });
        selecting.announce(`${refusal}. ${detail}`);
        if (guestIds.length > 0) selecting.select({ guestIds });
      },
    });
    if (done) selecting.announce(done.summary);
    return done;
  };
  const actions = {
    ...selecting,
    ...guestActions(change, core),
    ...roomActions(change, {
      core,
      layout: () => ({ weddingId, layoutId: core.state().plan.layout.id }),
    }),
    merge: (done: PlanChange) => void core.receive(done),
    catchUp: core.catchUp,
  };
  return { ...actions, place: placing(core, actions) };
}
