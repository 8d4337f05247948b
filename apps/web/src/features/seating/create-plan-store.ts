import type { EventId, GuestId } from '@wedsync/contracts/ids';
import type { PlanChange, SeatingPlan } from '@wedsync/contracts/seating';
import type { SeatingPresence } from '@wedsync/contracts/seating-presence';
import type { Guess } from './plan-guesses.ts';
import { indexPlan, mergeChange } from './plan-model.ts';
import type { PlanStore, SeatingSelection, SeatingState } from './plan-store.ts';

/** Reads and keeps the confirmed plan: the cache of queries in the application, a map in a test. */
export interface PlanSource {
  read(): SeatingPlan | null;
  write(plan: SeatingPlan): void;
  /** Changes after `revision`, oldest first; null when the plan must be read anew. */
  changesSince(revision: number): Promise<PlanChange[] | null>;
  /** Reads the whole plan again; resolves when `read` has it. */
  reload(): Promise<void>;
}

/** One change under way: what it will do, and what does it. */
export interface Pending {
  guess?: Guess | undefined;
  send: () => Promise<PlanChange>;
  /** Told when the server has refused, after the guess was taken back. */
  onRefused: (error: unknown) => void;
}

/** The inside of the store: what its verbs are made of. */
export interface PlanCore extends Omit<PlanStore, 'actions'> {
  set(patch: Partial<SeatingState>): void;
  /** Shows a guess at once and sends it after everything that was sent before. */
  perform(pending: Pending): Promise<PlanChange | null>;
  /** Takes in the answer of a change, or of somebody else's. */
  receive(change: PlanChange): Promise<void>;
  catchUp(): Promise<void>;
  /** Takes in a plan that was read as a whole. */
  receivePlan(plan: SeatingPlan): void;
  showPresence(presence: readonly SeatingPresence[]): void;
}

export const emptySelection: SeatingSelection = {
  guestIds: new Set(),
  tableIds: new Set(),
  fixtureIds: new Set(),
};

interface CoreOptions {
  weddingId: string;
  eventId: EventId;
  canEdit: boolean;
  plan: SeatingPlan;
  source: PlanSource;
}

function firstState({ weddingId, eventId, canEdit, plan }: CoreOptions): SeatingState {
  return {
    weddingId,
    eventId,
    canEdit,
    plan,
    index: indexPlan(plan),
    selection: emptySelection,
    isCarrying: false,
    isArranging: false,
    presence: [],
    pendingCount: 0,
    message: '',
    shownTableId: null,
  };
}

/** What is still there of a selection, after things or guests have gone. */
function stillThere({ selection, index }: SeatingState): SeatingSelection {
  const { guestIds, tableIds, fixtureIds } = selection;
  const isWhole =
    [...guestIds].every((id) => index.guests.has(id)) &&
    [...tableIds].every((id) => index.tables.has(id)) &&
    [...fixtureIds].every((id) => index.fixtures.has(id));
  if (isWhole) return selection;
  return {
    guestIds: new Set([...guestIds].filter((id: GuestId) => index.guests.has(id))),
    tableIds: new Set([...tableIds].filter((id) => index.tables.has(id))),
    fixtureIds: new Set([...fixtureIds].filter((id) => index.fixtures.has(id))),
  };
}

/** Brings the confirmed plan forward, change by change; `onNews` when it has caught up. */
function createFollower(source: PlanSource, onNews: () => void) {
  let catching: Promise<void> | null = null;
  let isWanted = false;
  /** Merges what follows directly; true when something is missing in between. */
  const merge = (change: PlanChange): boolean => {
    const base = source.read();
    if (!base || change.revision <= base.layout.revision) return false;
    if (change.revision > base.layout.revision + 1) return true;
    source.write(mergeChange(base, change));
    return false;
  };
  const readChanges = async () => {
    while (isWanted) {
      isWanted = false;
      const base = source.read();
      const changes = base ? await source.changesSince(base.layout.revision) : null;
      if (changes === null || changes.some(merge)) await source.reload();
    }
    onNews();
  };
  /** One reading at a time; asked meanwhile, it reads once more. */
  const catchUp = (): Promise<void> => {
    isWanted = true;
    catching ??= readChanges().finally(() => {
      catching = null;
    });
    return catching;
  };
  return { merge, catchUp };
}

/**
 * The confirmed plan is what the server has said; what is shown is that plan with every change
 * under way computed over it. So somebody else's change never fights with one's own, and a refused
 * change is taken back by leaving it out.
 */
export function createPlanCore(options: CoreOptions): PlanCore {
  const { source } = options;
  const listeners = new Set<() => void>();
  const pending: Pending[] = [];
  let state = firstState(options);
  let sending: Promise<unknown> = Promise.resolve();

  const publish = () => {
    for (const listener of listeners) listener();
  };
  const set = (patch: Partial<SeatingState>) => {
    state = { ...state, ...patch };
    publish();
  };
  const draw = () => {
    const base = source.read();
    if (!base) return;
    const plan = pending.reduce((shown, { guess }) => (guess ? guess(shown) : shown), base);
    const next = {
      ...state,
      plan,
      index: indexPlan(plan, state.index),
      pendingCount: pending.length,
    };
    state = { ...next, selection: stillThere(next) };
    publish();
  };
  const settle = (done: Pending) => {
    pending.splice(pending.indexOf(done), 1);
    draw();
  };

  const { merge, catchUp } = createFollower(source, draw);
  const receive = async (change: PlanChange) => {
    if (merge(change)) await catchUp();
    else draw();
  };

  const attempt = async (one: Pending): Promise<PlanChange | null> => {
    try {
      const change = await one.send();
      await receive(change).catch(() => source.reload());
      settle(one);
      return change;
    } catch (error) {
      settle(one);
      one.onRefused(error);
      // Whoever was faster has changed the plan: show what stands there now.
      await catchUp().catch(() => undefined);
      return null;
    }
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    perform(one) {
      pending.push(one);
      draw();
      // In order: the second move of a guest must not overtake the first.
      const turn = sending.then(() => attempt(one));
      sending = turn;
      return turn;
    },
    receive,
    catchUp,
    receivePlan(plan) {
      const shown = source.read();
      // Read before a change that has been merged since: only its guests are news.
      if (shown && plan.layout.revision < shown.layout.revision) {
        source.write({ ...shown, guests: plan.guests });
      } else source.write(plan);
      draw();
    },
    showPresence: (presence) => set({ presence }),
  };
}
