import {
  EventId,
  GuestId,
  HouseholdId,
  newId,
  SeatId,
  SeatingLayoutId,
  SeatingTableId,
} from '@wedsync/contracts/ids';
import type { PlanChange, SeatAssignment, SeatingPlan } from '@wedsync/contracts/seating';
import { describe, expect, it } from 'vitest';
import { createPlanCore, type PlanSource } from './create-plan-store.ts';
import { planPlacing } from './place-guests.ts';
import { guessPlacements, guessSwap, guessTable, guessUnseated } from './plan-guesses.ts';
import { indexPlan, mergeChange } from './plan-model.ts';

const tableId = newId(SeatingTableId);
const otherTableId = newId(SeatingTableId);
const householdId = newId(HouseholdId);
const [ann, bo, cy] = [newId(GuestId), newId(GuestId), newId(GuestId)];
const eventId = newId(EventId);

const guest = (id: typeof ann, firstName: string) => ({
  id,
  householdId,
  householdName: 'Lee',
  plusOneOf: null,
  firstName,
  lastName: 'Lee',
  ageGroup: 'adult' as const,
  side: null,
  diets: [],
  accessibility: [],
  tagIds: [],
  answer: 'yes' as const,
});

const table = (id: typeof tableId, label: string) => ({
  id,
  label,
  shape: 'round' as const,
  seatCount: 2,
  xMm: 0,
  yMm: 0,
  rotation: 0,
  widthMm: 1_520,
  depthMm: 1_520,
  zone: '',
  features: [],
  isLocked: false,
  version: 1,
});

const seatsOf = (id: typeof tableId) =>
  [1, 2].map((number) => ({ id: newId(SeatId), tableId: id, number }));

function makePlan(): SeatingPlan {
  return {
    layout: {
      id: newId(SeatingLayoutId),
      eventId,
      outline: [],
      capacity: null,
      notes: '',
      revision: 4,
      version: 1,
    },
    fixtures: [],
    tables: [table(tableId, '10'), table(otherTableId, '2')],
    seats: [...seatsOf(tableId), ...seatsOf(otherTableId)],
    guests: [guest(ann, 'Ann'), guest(bo, 'Bo'), guest(cy, 'Cy')],
    assignments: [],
    canUndo: false,
    canRedo: false,
  };
}

function seated(plan: SeatingPlan, guestId: typeof ann, at: number): SeatAssignment {
  const seat = plan.seats[at];
  if (!seat) throw new Error('no such seat in the test');
  return {
    guestId,
    seatId: seat.id,
    tableId: seat.tableId,
    seatNumber: seat.number,
    isLocked: false,
    placedBy: 'manual',
  };
}

const change = (revision: number, rest: Partial<PlanChange> = {}): PlanChange => ({
  revision,
  kind: 'assign',
  summary: '',
  at: '2027-01-01T00:00:00Z',
  userId: null,
  userName: 'Ana',
  canUndo: true,
  canRedo: false,
  ...rest,
});

function open(plan: SeatingPlan, changesSince: PlanSource['changesSince'] = async () => []) {
  let confirmed = plan;
  let reloads = 0;
  const source: PlanSource = {
    read: () => confirmed,
    write: (next) => {
      confirmed = next;
    },
    changesSince,
    reload: async () => {
      reloads++;
    },
  };
  const core = createPlanCore({ weddingId: 'w', eventId, canEdit: true, plan, source });
  return { core, confirmed: () => confirmed, reloads: () => reloads };
}

const seatOf = (plan: SeatingPlan, guestId: typeof ann) =>
  plan.assignments.find((row) => row.guestId === guestId)?.seatNumber;

describe('the plan in the browser', () => {
  it('shows a change before the server has answered, and keeps it afterwards', async () => {
    const plan = makePlan();
    const { core } = open(plan);
    let answer = (_: PlanChange) => {};
    const done = core.perform({
      guess: guessPlacements([{ guestId: ann, tableId, seatNumber: 2 }]),
      send: () => new Promise((resolve) => (answer = resolve)),
      onRefused: () => {},
    });
    expect(seatOf(core.state().plan, ann)).toBe(2);
    expect(core.state().pendingCount).toBe(1);
    await Promise.resolve();
    answer(change(5, { assignments: [seated(plan, ann, 1)] }));
    await done;
    expect(core.state()).toMatchObject({ pendingCount: 0, plan: { layout: { revision: 5 } } });
    expect(seatOf(core.state().plan, ann)).toBe(2);
  });

  it('takes back exactly what was refused and keeps what others did meanwhile', async () => {
    const plan = makePlan();
    const { core } = open(plan);
    let refuse = (_: Error) => {};
    let told: unknown;
    const done = core.perform({
      guess: guessPlacements([{ guestId: ann, tableId, seatNumber: 1 }]),
      send: () => new Promise((_, reject) => (refuse = reject)),
      onRefused: (error) => {
        told = error;
      },
    });
    await core.receive(change(5, { assignments: [seated(plan, bo, 0)] }));
    // Bo sits there now; Ann's guess finds no seat and leaves her where she was.
    expect(seatOf(core.state().plan, bo)).toBe(1);
    expect(seatOf(core.state().plan, ann)).toBeUndefined();
    refuse(new Error('seat taken'));
    expect(await done).toBeNull();
    expect(told).toBeInstanceOf(Error);
    expect(core.state().plan.assignments.map(({ guestId }) => guestId)).toEqual([bo]);
  });

  it('reads what is missing before a change that does not follow directly', async () => {
    const plan = makePlan();
    const missed = [
      change(5, { assignments: [seated(plan, bo, 0)] }),
      change(6, { assignments: [seated(plan, cy, 2)] }),
      change(7, { assignments: [seated(plan, ann, 1)] }),
    ];
    const { core } = open(plan, async (since) => missed.filter(({ revision }) => revision > since));
    await core.receive(change(7, { assignments: [seated(plan, ann, 1)] }));
    expect(core.state().plan.layout.revision).toBe(7);
    expect(core.state().plan.assignments).toHaveLength(3);
  });

  it('reads the whole plan again when too much is missing', async () => {
    const { core, reloads } = open(makePlan(), async () => null);
    await core.catchUp();
    expect(reloads()).toBe(1);
  });

  it('ignores a change that it knows already', async () => {
    const plan = makePlan();
    const { core } = open(plan);
    await core.receive(change(4, { assignments: [seated(plan, ann, 0)] }));
    expect(core.state().plan.assignments).toEqual([]);
  });

  it('sends changes in the order in which they were made', async () => {
    const { core } = open(makePlan());
    const sent: number[] = [];
    const send = (revision: number, waitMs: number) => async () => {
      sent.push(revision);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      return change(revision);
    };
    const [slow, quick] = [
      core.perform({ send: send(5, 10), onRefused: () => {} }),
      core.perform({ send: send(6, 0), onRefused: () => {} }),
    ];
    await Promise.all([slow, quick]);
    expect(sent).toEqual([5, 6]);
    expect(core.state().plan.layout.revision).toBe(6);
  });

  it('keeps the newer plan when an older reading arrives late, but takes its guests', () => {
    const plan = makePlan();
    const { core } = open({ ...plan, layout: { ...plan.layout, revision: 9 } });
    core.receivePlan({ ...plan, guests: [guest(ann, 'Anna')] });
    expect(core.state().plan.layout.revision).toBe(9);
    expect(core.state().plan.guests.map(({ firstName }) => firstName)).toEqual(['Anna']);
  });
});

describe('looking things up in a plan', () => {
  it('keeps a table the same object while nothing at it changed', () => {
    const plan = makePlan();
    const before = indexPlan(plan);
    const after = indexPlan(
      mergeChange(plan, change(5, { assignments: [seated(plan, ann, 0)] })),
      before,
    );
    expect(after.tables.get(otherTableId)).toBe(before.tables.get(otherTableId));
    expect(after.tables.get(tableId)).not.toBe(before.tables.get(tableId));
    expect(after.tables.get(tableId)?.seatedCount).toBe(1);
  });

  it('counts tables as people do', () => {
    expect(indexPlan(makePlan()).tableList.map(({ table: { label } }) => label)).toEqual([
      '2',
      '10',
    ]);
  });

  it('lists nobody as unseated who has declined', () => {
    const plan = makePlan();
    const guests = plan.guests.map((one) =>
      one.id === bo ? { ...one, answer: 'no' as const } : one,
    );
    expect(indexPlan({ ...plan, guests }).unseated.map(({ id }) => id)).toEqual([ann, cy]);
  });
});

describe('what a change will do', () => {
  it('gives who names only a table its lowest free seat', () => {
    const plan = makePlan();
    const start = { ...plan, assignments: [seated(plan, bo, 0)] };
    const after = guessPlacements([{ guestId: ann, tableId }])(start);
    expect(seatOf(after, ann)).toBe(2);
  });

  it('exchanges two guests', () => {
    const plan = makePlan();
    const start = { ...plan, assignments: [seated(plan, ann, 0), seated(plan, bo, 3)] };
    const after = guessSwap(ann, bo)(start);
    expect([seatOf(after, ann), seatOf(after, bo)]).toEqual([2, 1]);
  });

  it('sends the guests of lost seats away', () => {
    const plan = makePlan();
    const start = { ...plan, assignments: [seated(plan, ann, 0), seated(plan, bo, 1)] };
    const after = guessTable(tableId, { seatCount: 1, label: 'Top' })(start);
    expect(after.assignments.map(({ guestId }) => guestId)).toEqual([ann]);
    expect(after.tables.find(({ id }) => id === tableId)?.label).toBe('Top');
    expect(guessUnseated([ann])(start).assignments).toHaveLength(1);
  });
});

describe('putting guests somewhere', () => {
  const index = (...rows: [typeof ann, number][]) => {
    const plan = makePlan();
    return indexPlan({ ...plan, assignments: rows.map(([id, at]) => seated(plan, id, at)) });
  };

  it('leaves the choice of the seat to the server where only the table matters', () => {
    expect(planPlacing(index(), [ann, bo], { tableId })).toEqual({
      kind: 'seat',
      placements: [
        { guestId: ann, tableId },
        { guestId: bo, tableId },
      ],
    });
  });

  it('seats several beside each other from the chosen seat on', () => {
    const plan = planPlacing(index(), [ann, bo], { tableId, seatNumber: 2 });
    expect(plan).toMatchObject({
      placements: [
        { guestId: ann, seatNumber: 2 },
        { guestId: bo, seatNumber: 1 },
      ],
    });
  });

  it('exchanges one guest with whoever sits there', () => {
    const plan = planPlacing(index([bo, 0]), [ann], { tableId, seatNumber: 1 });
    expect(plan).toEqual({ kind: 'swap', guestIds: [ann, bo] });
  });

  it('moves nobody when not all find a seat', () => {
    const plan = planPlacing(index([cy, 0]), [ann, bo], { tableId });
    expect(plan).toMatchObject({ kind: 'refused', title: 'Table 10 has one free seat' });
  });

  it('moves nobody who is there already', () => {
    expect(planPlacing(index([ann, 0]), [ann], { tableId }).kind).toBe('nothing');
  });
});
