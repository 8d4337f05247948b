import { newId, SeatingRunId } from '@wedsync/contracts/ids';
import type { PlanChange, SeatAssignment } from '@wedsync/contracts/seating';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { userContext } from '@wedsync/testing/contexts';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import * as room from '../index.ts';
import { seededRandom } from '../model/random.ts';
import type { RunSeat } from '../model/rebase-run.ts';

export interface RaceReport {
  races: number;
  applied: number;
  /** Times that an apply was refused, because the plan had moved on, and was repeated. */
  stale: number;
  edits: number;
  /** Seats of guests that a person had touched and that are not as that person left them. */
  overwritten: string[];
  /** Locked guests who are not where they were locked. */
  movedLocks: string[];
}

const guests = 24;
const tables = 4;

async function openRace(db: TestDatabase) {
  const wedding = await seedWedding(db.admin);
  const eventId = wedding.eventIds[0] ?? ('' as never);
  const { weddingId, ownerId } = wedding;
  const plan = await seedPlan(db.admin, { weddingId, eventId, guests, tables });
  const ctx = userContext(db.app, { ...wedding, userId: ownerId });
  const editors = [1, 2, 3].map(() => userContext(db.app, { ...wedding, userId: ownerId }));
  return { ...plan, weddingId, eventId, ctx, editors };
}
type Race = Awaited<ReturnType<typeof openRace>>;

async function presentOf({ ctx, eventId }: Race) {
  const plan = await room.getPlan(ctx, { eventId });
  if (!plan) throw new Error('the plan is gone');
  return plan;
}

/** A finished run that wants everybody somewhere else. */
async function drawRun(db: TestDatabase, race: Race, random: () => number): Promise<SeatingRunId> {
  const plan = await presentOf(race);
  const seats = [...plan.seats];
  const result = plan.guests.map(({ id }): RunSeat => {
    const now = plan.assignments.find(({ guestId }) => guestId === id);
    const [seat] = seats.splice(Math.floor(random() * seats.length), 1);
    const to = seat ? { tableId: seat.tableId, seatNumber: seat.number } : null;
    const from = now ? { tableId: now.tableId, seatNumber: now.seatNumber } : null;
    return { guestId: id, from, to };
  });
  const runId = newId(SeatingRunId);
  const weights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
  await db.admin`
    insert into wedding.seating_runs (wedding_id, event_id, id, mode, state, weights, seconds, seed,
      base_revision, started_at, ended_at, result)
    values (${race.weddingId}, ${race.eventId}, ${runId}, 'full', 'done', ${db.admin.json(weights)}, 1, 1,
      ${plan.layout.revision}, now(), now(), ${db.admin.json(JSON.parse(JSON.stringify(result)))})`;
  return runId;
}

/** One change as a person makes it; undefined where the plan refused it. */
async function edit(race: Race, random: () => number): Promise<PlanChange | undefined> {
  const ctx = race.editors[Math.floor(random() * race.editors.length)] ?? race.ctx;
  const pick = () => race.guestIds[Math.floor(random() * guests)] ?? ('' as never);
  const table = race.tables[Math.floor(random() * tables)]?.id ?? ('' as never);
  const { eventId } = race;
  const kind = random();
  const work =
    kind < 0.6
      ? room.assignSeats(ctx, { eventId, placements: [{ guestId: pick(), tableId: table }] })
      : kind < 0.75
        ? room.unassignSeats(ctx, { eventId, guestIds: [pick()] })
        : kind < 0.9
          ? room.swapSeats(ctx, { eventId, guestIds: [pick(), pick()] })
          : room.lockSeats(ctx, { eventId, guestIds: [pick()], isLocked: true });
  return work.catch(() => undefined);
}

/** Looks, applies, and looks again where somebody was faster. */
async function apply(
  race: Race,
  runId: SeatingRunId,
): Promise<{ isApplied: boolean; stale: number }> {
  for (let stale = 0; stale < 12; stale++) {
    const { revision } = await room.previewRun(race.ctx, { runId });
    const isApplied = await room.applyRun(race.ctx, { runId, revision }).then(
      () => true,
      () => false,
    );
    if (isApplied) return { isApplied, stale };
  }
  return { isApplied: false, stale: 12 };
}

type Place = Pick<SeatAssignment, 'tableId' | 'seatNumber' | 'isLocked'> | null;

/** Where people left the guests that they touched, in the order of the revisions. */
function touched(changes: readonly PlanChange[]): Map<string, Place> {
  const left = new Map<string, Place>();
  for (const change of [...changes].sort((a, b) => a.revision - b.revision)) {
    for (const seat of change.assignments ?? []) left.set(seat.guestId, seat);
    for (const guestId of change.unseatedGuestIds ?? []) left.set(guestId, null);
  }
  return left;
}

/**
 * Lets the result of a run and people's changes race for one plan, over and over, and compares what
 * is stored afterwards with what the people were told.
 */
export async function raceApply(
  db: TestDatabase,
  { races, seed }: { races: number; seed: number },
): Promise<RaceReport> {
  const random = seededRandom(seed);
  const report: RaceReport = {
    races,
    applied: 0,
    stale: 0,
    edits: 0,
    overwritten: [],
    movedLocks: [],
  };
  let race = await openRace(db);
  for (let turn = 0; turn < races; turn++) {
    // Locks pile up; a fresh plan now and then keeps something to move.
    if (turn % 20 === 19) race = await openRace(db);
    const runId = await drawRun(db, race, random);
    const locked = (await presentOf(race)).assignments.filter(({ isLocked }) => isLocked);
    const [outcome, ...edits] = await Promise.all([
      apply(race, runId),
      ...Array.from({ length: 1 + Math.floor(random() * 4) }, () => edit(race, random)),
    ]);
    const changes = edits.flatMap((change) =>
      change?.assignments || change?.unseatedGuestIds ? [change] : [],
    );
    report.applied += Number(outcome.isApplied);
    report.stale += outcome.stale;
    report.edits += changes.length;
    const stored = new Map(
      (await presentOf(race)).assignments.map((seat) => [String(seat.guestId), seat]),
    );
    for (const [guestId, place] of touched(changes)) {
      const now = stored.get(guestId);
      const isSame = now?.tableId === place?.tableId && now?.seatNumber === place?.seatNumber;
      if (!isSame || (place?.isLocked && !now?.isLocked))
        report.overwritten.push(`race ${turn}, guest ${guestId}`);
    }
    for (const { guestId, tableId, seatNumber } of locked) {
      const now = stored.get(guestId);
      if (now?.tableId !== tableId || now.seatNumber !== seatNumber)
        report.movedLocks.push(`race ${turn}, guest ${guestId}`);
    }
  }
  return report;
}
