import { GuestId, newUuid, SeatId, SeatingLayoutId, SeatingTableId } from '@wedsync/contracts/ids';
import type { TableFeature, TableShape } from '@wedsync/contracts/seating';
import type postgres from 'postgres';
import { seedGuests } from './guests.ts';

export interface SeedTable {
  id: SeatingTableId;
  label: string;
  /** By number: `seatIds[0]` is seat 1. */
  seatIds: SeatId[];
}

export interface SeedTableFields {
  weddingId: string;
  eventId: string;
  label?: string;
  shape?: TableShape;
  seatCount?: number;
  xMm?: number;
  yMm?: number;
  features?: TableFeature[];
  isLocked?: boolean;
}

/** An empty room of 20 x 15 m for an event. */
export async function seedLayout(
  admin: postgres.Sql,
  { weddingId, eventId }: { weddingId: string; eventId: string },
): Promise<SeatingLayoutId> {
  const id = SeatingLayoutId.parse(newUuid());
  const corners = [
    { xMm: 0, yMm: 0 },
    { xMm: 20_000, yMm: 0 },
    { xMm: 20_000, yMm: 15_000 },
    { xMm: 0, yMm: 15_000 },
  ];
  await admin`
    insert into wedding.seating_layouts (wedding_id, event_id, id, outline)
    values (${weddingId}, ${eventId}, ${id}, ${admin.json(corners)})`;
  return id;
}

/** A table of an event that has a layout, with its seats. */
export async function seedTable(admin: postgres.Sql, fields: SeedTableFields): Promise<SeedTable> {
  const { weddingId, eventId, label = '1', seatCount = 8 } = fields;
  const id = SeatingTableId.parse(newUuid());
  await admin`
    insert into wedding.seating_tables (wedding_id, event_id, id, label, shape, seat_count, x_mm, y_mm,
      width_mm, depth_mm, features, is_locked)
    values (${weddingId}, ${eventId}, ${id}, ${label}, ${fields.shape ?? 'round'}, ${seatCount},
      ${fields.xMm ?? 2_000}, ${fields.yMm ?? 2_000}, 1800, 1800, ${fields.features ?? []},
      ${fields.isLocked ?? false})`;
  const seatIds = Array.from({ length: seatCount }, () => SeatId.parse(newUuid()));
  await admin`
    insert into wedding.seating_seats (wedding_id, event_id, id, table_id, number)
    select ${weddingId}::uuid, ${eventId}::uuid, seat, ${id}::uuid, number
    from unnest(${seatIds}::uuid[]) with ordinality as s (seat, number)`;
  return { id, label, seatIds };
}

/** Seats a guest as a person would have done; the plan's revision stays. */
export async function seedAssignment(
  admin: postgres.Sql,
  fields: {
    weddingId: string;
    eventId: string;
    guestId: string;
    seatId: string;
    isLocked?: boolean;
  },
): Promise<void> {
  await admin`
    insert into wedding.seating_assignments (wedding_id, event_id, guest_id, seat_id, is_locked)
    values (${fields.weddingId}, ${fields.eventId}, ${fields.guestId}, ${fields.seatId},
      ${fields.isLocked ?? false})`;
}

export interface SeedPlan {
  layoutId: SeatingLayoutId;
  tables: SeedTable[];
  guestIds: GuestId[];
}

/** A room with tables and invited guests of whom nobody is seated. */
export async function seedPlan(
  admin: postgres.Sql,
  fields: {
    weddingId: string;
    eventId: string;
    tables?: number;
    seatCount?: number;
    guests?: number;
  },
): Promise<SeedPlan> {
  const { weddingId, eventId, tables: count = 3, guests = 12 } = fields;
  const layoutId = await seedLayout(admin, { weddingId, eventId });
  const tables: SeedTable[] = [];
  for (let index = 0; index < count; index++) {
    tables.push(
      await seedTable(admin, {
        weddingId,
        eventId,
        label: String(index + 1),
        seatCount: fields.seatCount ?? 8,
        xMm: 2_000 + (index % 6) * 3_000,
        yMm: 2_000 + Math.floor(index / 6) * 3_000,
      }),
    );
  }
  const guestIds = await seedGuests(admin, { weddingId, count: guests, eventIds: [eventId] });
  return { layoutId, tables, guestIds: guestIds.map((id) => GuestId.parse(id)) };
}
