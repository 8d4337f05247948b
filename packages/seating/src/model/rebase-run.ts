import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingMove, SeatingWeights } from '@wedsync/contracts/seating-runs';
import { checkPlan, isRule, type PlannedSeat, type Violation } from './check-plan.ts';
import { diffPlans } from './diff-plans.ts';
import type { PlanFacts } from './plan-index.ts';

/** What a run wants of one guest, and where it found the guest when it began. */
export interface RunSeat {
  guestId: GuestId;
  /** Null: loses the seat. */
  to: { tableId: SeatingTableId; seatNumber: number } | null;
  from: { tableId: SeatingTableId; seatNumber: number } | null;
}

export interface SinceRun {
  weights: SeatingWeights;
  /**
   * Guests whom somebody moved, unseated or locked since the run began, changes that were taken back
   * left out. A guest who was moved and moved back is among them: the seat is that person's wish now.
   */
  touched: ReadonlySet<string>;
}

export interface Rebased {
  /** Everybody's place after applying. */
  seats: PlannedSeat[];
  moves: SeatingMove[];
  dropped: (SeatingMove & { reason: string })[];
}

type Place = RunSeat['from'];
const isSame = (a: Place | undefined, b: Place | undefined) =>
  a?.tableId === b?.tableId && a?.seatNumber === b?.seatNumber;
const seatKey = ({ tableId, seatNumber }: NonNullable<Place>) => `${tableId} ${seatNumber}`;

/** Fits the wishes of a run into a plan that people went on working at. */
class Rebase {
  readonly #facts: PlanFacts;
  readonly #weights: SeatingWeights;
  readonly #touched: ReadonlySet<string>;
  readonly #present: ReadonlyMap<GuestId, PlannedSeat>;
  readonly #free: ReadonlyMap<SeatingTableId, readonly number[]>;
  readonly #wanted: Map<GuestId, RunSeat>;
  readonly #reasons = new Map<GuestId, string>();

  constructor(facts: PlanFacts, result: readonly RunSeat[], since: SinceRun) {
    this.#facts = facts;
    this.#weights = since.weights;
    this.#touched = since.touched;
    const { plan } = facts;
    this.#present = new Map(plan.assignments.map((seat) => [seat.guestId, seat]));
    const free = new Map<SeatingTableId, number[]>();
    for (const { tableId, number } of plan.seats) {
      const numbers = free.get(tableId);
      if (numbers) numbers.push(number);
      else free.set(tableId, [number]);
    }
    this.#free = free;
    const invited = new Set(plan.guests.map(({ id }) => id));
    this.#wanted = new Map(
      result
        .filter(
          ({ guestId, to }) =>
            invited.has(guestId) && !isSame(to, this.#present.get(guestId) ?? null),
        )
        .map((seat) => [seat.guestId, seat]),
    );
  }

  run(): Rebased {
    const all = new Map(this.#wanted);
    this.#dropTouched();
    const before = breakers(this.#broken(this.#facts.plan.assignments));
    for (;;) {
      const seats = this.#seatAll();
      if (!seats) continue;
      const guilty = this.#broken(seats).flatMap((violation) =>
        violation.guestIds.filter(
          (id) => this.#wanted.has(id) && !before.get(keyOf(violation))?.has(id),
        ),
      );
      for (const guestId of guilty) this.#drop(guestId, 'A rule that holds now forbids it.');
      if (guilty.length > 0) continue;
      return this.#finish(seats, all);
    }
  }

  #drop(guestId: GuestId, reason: string): void {
    this.#wanted.delete(guestId);
    this.#reasons.set(guestId, reason);
  }

  /** What people locked, moved or learned since the run began stands. */
  #dropTouched(): void {
    const { plan } = this.#facts;
    const locked = new Set(plan.tables.flatMap(({ id, isLocked }) => (isLocked ? [id] : [])));
    const held = new Set(plan.assignments.flatMap((seat) => (seat.isLocked ? [seat.guestId] : [])));
    const declined = new Set(
      plan.guests.flatMap(({ id, answer }) => (answer === 'no' ? [id] : [])),
    );
    for (const { guestId, from, to } of [...this.#wanted.values()]) {
      const present = this.#present.get(guestId);
      if (held.has(guestId)) this.#drop(guestId, 'The seat was locked since.');
      else if (present && locked.has(present.tableId)) this.#drop(guestId, 'The table is locked.');
      else if (this.#touched.has(guestId) || !isSame(present, from ?? undefined))
        this.#drop(guestId, 'Somebody changed this seat since.');
      else if (to && locked.has(to.tableId)) this.#drop(guestId, 'The table was locked since.');
      else if (to && declined.has(guestId)) this.#drop(guestId, 'This guest declined since.');
      else if (!to && !declined.has(guestId)) this.#drop(guestId, 'This guest comes after all.');
      else if (to && !this.#free.has(to.tableId))
        this.#drop(guestId, 'The table was removed since.');
    }
  }

  /** Everybody's place, or undefined where a move had to be dropped: its guest stays, and may be in the way. */
  #seatAll(): PlannedSeat[] | undefined {
    const taken = new Set<string>();
    const seats: PlannedSeat[] = [];
    const take = (seat: PlannedSeat) => {
      taken.add(seatKey(seat));
      seats.push(seat);
    };
    for (const { guestId, tableId, seatNumber } of this.#present.values()) {
      if (!this.#wanted.has(guestId)) take({ guestId, tableId, seatNumber });
    }
    const late: { guestId: GuestId; tableId: SeatingTableId }[] = [];
    for (const { guestId, to } of this.#wanted.values()) {
      if (!to) continue;
      const exists = this.#free.get(to.tableId)?.includes(to.seatNumber);
      if (exists && !taken.has(seatKey(to))) take({ guestId, ...to });
      else late.push({ guestId, tableId: to.tableId });
    }
    for (const { guestId, tableId } of late) {
      const seatNumber = this.#free
        .get(tableId)
        ?.find((number) => !taken.has(seatKey({ tableId, seatNumber: number })));
      if (seatNumber === undefined) {
        this.#drop(guestId, 'The table is full now.');
        return undefined;
      }
      take({ guestId, tableId, seatNumber });
    }
    return seats;
  }

  #broken(seats: readonly PlannedSeat[]): Violation[] {
    const options = { weights: this.#weights, includesUndecided: true, seats };
    return checkPlan(this.#facts, options).violations.filter(
      ({ kind }) => isRule(kind) && kind !== 'over-room-capacity' && kind !== 'declined-but-seated',
    );
  }

  #finish(seats: PlannedSeat[], all: ReadonlyMap<GuestId, RunSeat>): Rebased {
    const { plan } = this.#facts;
    const dropped = [...this.#reasons].flatMap(([guestId, reason]) => {
      const present = this.#present.get(guestId);
      const to = all.get(guestId)?.to;
      const [move] = diffPlans(plan, present ? [present] : [], to ? [{ guestId, ...to }] : []);
      return move ? [{ ...move, reason }] : [];
    });
    return { seats, moves: diffPlans(plan, plan.assignments, seats), dropped };
  }
}

const keyOf = ({ kind, relationshipId }: Violation) => `${kind} ${relationshipId}`;

/** Who breaks each rule already: that is not held against a move. */
function breakers(violations: readonly Violation[]): ReadonlyMap<string, ReadonlySet<GuestId>> {
  const found = new Map<string, Set<GuestId>>();
  for (const violation of violations) {
    const guests = found.get(keyOf(violation)) ?? new Set();
    for (const id of violation.guestIds) guests.add(id);
    found.set(keyOf(violation), guests);
  }
  return found;
}

/**
 * What a finished run would do to the plan as it is now. Locks and whatever people changed since the
 * run began stay; what does not fit beside that, or would break a rule that is not broken now, is
 * dropped and named with its reason.
 */
export function rebaseRun(facts: PlanFacts, result: readonly RunSeat[], since: SinceRun): Rebased {
  return new Rebase(facts, result, since).run();
}
