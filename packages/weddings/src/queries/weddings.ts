import { OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { OrgRole, WeddingRole } from '@wedsync/contracts/roles';
import {
  ListWeddings,
  type WeddingEvent,
  type WeddingOverview,
  type WeddingSummary,
} from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { events } from '@wedsync/db/schema/weddings';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { asc, eq, sql } from 'drizzle-orm';
import { eventColumns, getWeddingRow, toEvent } from '../rows.ts';

type SummaryRow = {
  wedding_id: string;
  org_id: string;
  org_name: string;
  title: string;
  date: string | null;
  venue: string;
  time_zone: string;
  locale: string;
  rsvp_deadline: string | null;
  archived_at: string | null;
  org_role: OrgRole | null;
  wedding_role: WeddingRole | null;
  guests: string;
  invited: string;
  attending: string;
  declined: string;
};

const eventsMax = 100;

/** Every wedding the user may open, by date, with its numbers. */
export async function listWeddings(
  ctx: ServiceContext,
  input: ListWeddings,
): Promise<WeddingSummary[]> {
  const { archived } = parseInput(ListWeddings, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<SummaryRow>(sql`select * from wedding.list_my_weddings(${archived})`),
  );
  return rows.map((row) => ({
    weddingId: WeddingId.parse(row.wedding_id),
    orgId: OrgId.parse(row.org_id),
    organization: row.org_name,
    title: row.title,
    date: row.date,
    venue: row.venue,
    timeZone: row.time_zone,
    locale: row.locale,
    rsvpDeadline: row.rsvp_deadline,
    archivedAt: row.archived_at && new Date(row.archived_at).toISOString(),
    orgRole: row.org_role,
    weddingRole: row.wedding_role,
    guests: Number(row.guests),
    invited: Number(row.invited),
    attending: Number(row.attending),
    declined: Number(row.declined),
  }));
}

async function readEvents(tx: Tx, weddingId: string): Promise<WeddingEvent[]> {
  const rows = await tx
    .select(eventColumns)
    .from(events)
    .where(eq(events.weddingId, weddingId))
    .orderBy(asc(events.position))
    .limit(eventsMax);
  return rows.map(toEvent);
}

/** The programme in order. */
export async function listEvents(ctx: ServiceContext): Promise<WeddingEvent[]> {
  requirePermission(ctx, 'weddings.read');
  return readTx(ctx, (tx) => readEvents(tx, requireWedding(ctx)));
}

/** @throws DomainError `not-found` */
export async function getWedding(ctx: ServiceContext): Promise<WeddingOverview> {
  requirePermission(ctx, 'weddings.read');
  const weddingId = requireWedding(ctx);
  const { orgRole = null, weddingRole = null } = ctx.access;
  return readTx(ctx, async (tx) => {
    const [wedding, programme] = await Promise.all([
      getWeddingRow(tx, weddingId, 'read'),
      readEvents(tx, weddingId),
    ]);
    return { wedding, events: programme, orgRole, weddingRole };
  });
}
