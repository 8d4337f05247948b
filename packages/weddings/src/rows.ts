import { EventId, OrgId, type OrgId as OrgIdType, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { Organization, Wedding, WeddingEvent } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { events, organizations, tierLimits, weddings } from '@wedsync/db/schema/weddings';
import { notFound } from '@wedsync/service/stale';
import { and, eq } from 'drizzle-orm';

const iso = (date: Date | null) => date?.toISOString() ?? null;

const weddingColumns = {
  id: weddings.id,
  orgId: weddings.orgId,
  title: weddings.title,
  partnerAName: weddings.partnerAName,
  partnerBName: weddings.partnerBName,
  date: weddings.date,
  timeZone: weddings.timeZone,
  locale: weddings.locale,
  currency: weddings.currency,
  defaultCountry: weddings.defaultCountry,
  venue: weddings.venue,
  rsvpDeadline: weddings.rsvpDeadline,
  archivedAt: weddings.archivedAt,
  version: weddings.version,
};

export const eventColumns = {
  id: events.id,
  kind: events.kind,
  name: events.name,
  startsOn: events.startsOn,
  startsAt: events.startsAt,
  endsAt: events.endsAt,
  venue: events.venue,
  address: events.address,
  position: events.position,
  version: events.version,
};

const asBranded = {
  org: (id: string): OrgIdType => OrgId.parse(id),
  wedding: (id: string) => WeddingId.parse(id),
  event: (id: string) => EventId.parse(id),
  user: (id: string) => UserId.parse(id),
};

/** A stored event as it crosses the wire. */
export function toEvent(row: Omit<WeddingEvent, 'id'> & { id: string }): WeddingEvent {
  return { ...row, id: asBranded.event(row.id) };
}

/** Whether a row is only read or kept as it is until the transaction ends. */
export type Lock = 'read' | 'update';

/** @throws DomainError `not-found` */
export async function getOrganizationRow(
  tx: Tx,
  orgId: OrgIdType,
  lock: Lock,
): Promise<Organization> {
  const query = tx
    .select({
      id: organizations.id,
      name: organizations.name,
      tier: organizations.tier,
      postalAddress: organizations.postalAddress,
      replyToEmail: organizations.replyToEmail,
      version: organizations.version,
    })
    .from(organizations)
    .where(eq(organizations.id, orgId));
  const [row] = await (lock === 'update' ? query.for('no key update') : query);
  if (!row) throw notFound('organization');
  const [limits] = await tx
    .select({
      weddings: tierLimits.weddingsMax,
      guestsPerWedding: tierLimits.guestsPerWeddingMax,
      members: tierLimits.membersMax,
    })
    .from(tierLimits)
    .where(eq(tierLimits.tier, row.tier));
  if (!limits) throw notFound('tier');
  return { ...row, id: asBranded.org(row.id), limits };
}

/** @throws DomainError `not-found` */
export async function getWeddingRow(tx: Tx, weddingId: WeddingId, lock: Lock): Promise<Wedding> {
  const query = tx.select(weddingColumns).from(weddings).where(eq(weddings.id, weddingId));
  const [row] = await (lock === 'update' ? query.for('no key update') : query);
  if (!row) throw notFound('wedding');
  return {
    ...row,
    id: asBranded.wedding(row.id),
    orgId: asBranded.org(row.orgId),
    archivedAt: iso(row.archivedAt),
  };
}

/** @throws DomainError `not-found` */
export async function lockEventRow(
  tx: Tx,
  weddingId: WeddingId,
  eventId: EventId,
): Promise<WeddingEvent> {
  const [row] = await tx
    .select(eventColumns)
    .from(events)
    .where(and(eq(events.weddingId, weddingId), eq(events.id, eventId)))
    .for('no key update');
  if (!row) throw notFound('event');
  return toEvent(row);
}
