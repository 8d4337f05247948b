import type { EventId, SeatingFixtureId, SeatingTableId, WeddingId } from '@wedsync/contracts/ids';
import type { SeatingFixture, SeatingTable } from '@wedsync/contracts/seating';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { type SQL, sql } from 'drizzle-orm';

/** Guests by id with their names, for a jsonb array of ids: `{ [id]: "Ann Lee" }`. */
export function guestNames(weddingId: WeddingId, ids: SQL): SQL {
  return sql`(
    select coalesce(jsonb_object_agg(g.id, coalesce(nullif(btrim(g.first_name || ' ' || g.last_name), ''), 'a companion')), '{}')
    from jsonb_array_elements_text(${ids}) as named (id)
    join wedding.guests g on g.wedding_id = ${weddingId} and g.id = named.id::uuid)`;
}

/** A table `t` as it crosses the wire, in jsonb. */
export const tableJson = sql`jsonb_build_object('id', t.id, 'label', t.label, 'shape', t.shape,
  'seatCount', t.seat_count, 'xMm', t.x_mm, 'yMm', t.y_mm, 'rotation', t.rotation,
  'widthMm', t.width_mm, 'depthMm', t.depth_mm, 'zone', t.zone, 'features', t.features,
  'isLocked', t.is_locked, 'version', t.version)`;

/** A fixture `f` as it crosses the wire, in jsonb. */
export const fixtureJson = sql`jsonb_build_object('id', f.id, 'kind', f.kind, 'label', f.label,
  'xMm', f.x_mm, 'yMm', f.y_mm, 'rotation', f.rotation, 'widthMm', f.width_mm,
  'depthMm', f.depth_mm, 'version', f.version)`;

interface ThingsOf<Id extends string> {
  weddingId: WeddingId;
  eventId: EventId;
  ids: readonly Id[];
}

/** Those of the tables that are there. */
export async function readTables(tx: Tx, where: ThingsOf<SeatingTableId>): Promise<SeatingTable[]> {
  const rows = await tx.execute<{ row: SeatingTable }>(sql`
    select ${tableJson} as row from wedding.seating_tables t
    where t.wedding_id = ${where.weddingId} and t.event_id = ${where.eventId}
      and t.id = any(${uuidArray(where.ids)})
    order by length(t.label), t.label_key`);
  return rows.map(({ row }) => row);
}

/** Those of the fixtures that are there. */
export async function readFixtures(
  tx: Tx,
  where: ThingsOf<SeatingFixtureId>,
): Promise<SeatingFixture[]> {
  const rows = await tx.execute<{ row: SeatingFixture }>(sql`
    select ${fixtureJson} as row from wedding.seating_fixtures f
    where f.wedding_id = ${where.weddingId} and f.event_id = ${where.eventId}
      and f.id = any(${uuidArray(where.ids)}) order by f.id`);
  return rows.map(({ row }) => row);
}
