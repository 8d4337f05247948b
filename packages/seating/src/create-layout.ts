import {
  type EventId,
  newId,
  SeatId,
  SeatingFixtureId,
  SeatingLayoutId,
  SeatingTableId,
  type WeddingId,
} from '@wedsync/contracts/ids';
import {
  CreateSeatingLayout,
  FixtureInput,
  type Seat,
  type SeatingFixture,
  type SeatingPlan,
  type SeatingTable,
  TableInput,
} from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { readPlan } from './queries/get-plan.ts';
import { changePlan, writePlan } from './write-plan.ts';

/** Seats 1 to `count` of a table, with new ids. */
export function newSeats(tableId: SeatingTableId, count: number, from = 1): Seat[] {
  return Array.from({ length: Math.max(0, count - from + 1) }, (_, index) => ({
    id: newId(SeatId),
    tableId,
    number: from + index,
  }));
}

/** Tables with new ids and their seats, as a patch takes them. */
export function newTables(inputs: readonly TableInput[]): {
  tables: SeatingTable[];
  seats: Seat[];
} {
  const tables = inputs.map((input) => ({
    ...TableInput.parse(input),
    id: newId(SeatingTableId),
    version: 1,
  }));
  return { tables, seats: tables.flatMap(({ id, seatCount }) => newSeats(id, seatCount)) };
}

export function newFixtures(inputs: readonly FixtureInput[]): SeatingFixture[] {
  return inputs.map((input) => ({
    ...FixtureInput.parse(input),
    id: newId(SeatingFixtureId),
    version: 1,
  }));
}

/** @throws DomainError `not-found` */
async function requireEvent(tx: Tx, weddingId: WeddingId, eventId: EventId): Promise<void> {
  const [row] = await tx.execute(sql`
    select from wedding.events where wedding_id = ${weddingId} and id = ${eventId} for key share`);
  if (!row) throw notFound('event');
}

/**
 * Makes the floor plan of an event, with what stands in the room to begin with.
 * @throws DomainError `not-found` for a foreign event, `conflict` `seating.layout-exists`,
 * `conflict` `seating.label-taken` where two tables have one name
 */
export async function createLayout(
  ctx: ServiceContext,
  input: CreateSeatingLayout,
): Promise<SeatingPlan> {
  const { eventId, outline, capacity, ...things } = parseInput(CreateSeatingLayout, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const { tx } = scope;
    await requireEvent(tx, weddingId, eventId);
    const id = newId(SeatingLayoutId);
    await tx.execute(sql`
      insert into wedding.seating_layouts (wedding_id, event_id, id, outline, capacity)
      values (${weddingId}, ${eventId}, ${id}, ${jsonParameter(outline)}, ${capacity})`);
    const fixtures = newFixtures(things.fixtures);
    const { tables, seats } = newTables(things.tables);
    await writePlan(ctx, scope, {
      eventId,
      kind: 'layout-created',
      action: 'seating.create-layout',
      parts: { tableCount: tables.length, fixtureCount: fixtures.length },
      patch: {
        layout: { id, eventId, outline, capacity: capacity ?? 'none', notes: '', version: 1 },
        ...(tables.length > 0 && { tables, seats }),
        ...(fixtures.length > 0 && { fixtures }),
      },
    });
    const plan = await readPlan(tx, { weddingId, eventId, userId: null });
    if (!plan) throw notFound('floor plan');
    return plan;
  });
}
