import { EventId, newUuid, OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { OrgRole, WeddingRole } from '@wedsync/contracts/roles';
import type { EventKind, Tier } from '@wedsync/contracts/weddings';
import type postgres from 'postgres';

/** A user who can be given roles; no password, so nobody signs in as it. */
export async function seedUser(
  admin: postgres.Sql,
  fields: { name?: string; email?: string; isOperator?: boolean } = {},
): Promise<{ userId: UserId; name: string; email: string }> {
  const userId = UserId.parse(newUuid());
  const name = fields.name ?? 'Ines Planner';
  const email = fields.email ?? `user-${userId}@example.com`;
  await admin`
    insert into auth.users (id, name, email, email_verified, is_operator)
    values (${userId}, ${name}, ${email}, true, ${fields.isOperator ?? false})`;
  return { userId, name, email };
}

/** A planner company with one owner. The largest tier, unless the test is about limits. */
export async function seedOrg(
  admin: postgres.Sql,
  fields: { name?: string; tier?: Tier } = {},
): Promise<{ orgId: OrgId; ownerId: UserId }> {
  const orgId = OrgId.parse(newUuid());
  const { userId: ownerId } = await seedUser(admin);
  await admin`
    insert into wedding.organizations (id, name, tier, postal_address)
    values (${orgId}, ${fields.name ?? 'Fairlight Weddings'}, ${fields.tier ?? 'enterprise'},
      '1 Harbour Street, Lisbon')`;
  await admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${ownerId}, 'owner')`;
  return { orgId, ownerId };
}

export interface SeedWeddingFields {
  /** An existing company; a new one when absent. */
  orgId?: string;
  title?: string;
  date?: string;
  timeZone?: string;
  rsvpDeadline?: string;
  /** How many events, in this order: ceremony, dinner, brunch. */
  events?: 0 | 1 | 2 | 3;
}

const eventKinds: readonly EventKind[] = ['ceremony', 'dinner', 'brunch'];

/** A wedding with its events; `ownerId` owns the company that plans it. */
export async function seedWedding(
  admin: postgres.Sql,
  fields: SeedWeddingFields = {},
): Promise<{ orgId: OrgId; weddingId: WeddingId; ownerId: UserId; eventIds: EventId[] }> {
  const { orgId, ownerId } = fields.orgId
    ? { orgId: OrgId.parse(fields.orgId), ownerId: await ownerOf(admin, fields.orgId) }
    : await seedOrg(admin);
  const weddingId = WeddingId.parse(newUuid());
  const date = fields.date ?? '2027-06-12';
  await admin`
    insert into wedding.weddings
      (id, org_id, title, partner_a_name, partner_b_name, date, time_zone, venue, rsvp_deadline,
       default_country)
    values (${weddingId}, ${orgId}, ${fields.title ?? 'Ana & Tom'}, 'Ana', 'Tom', ${date},
      ${fields.timeZone ?? 'Europe/Lisbon'}, 'Quinta do Lago', ${fields.rsvpDeadline ?? null}, 'PT')`;
  const eventIds: EventId[] = [];
  for (const kind of eventKinds.slice(0, fields.events ?? 2)) {
    eventIds.push(await seedEvent(admin, { weddingId, kind, startsOn: date }));
  }
  return { orgId, weddingId, ownerId, eventIds };
}

/** One more event at the end of the programme. */
export async function seedEvent(
  admin: postgres.Sql,
  fields: { weddingId: string; kind: EventKind; startsOn?: string },
): Promise<EventId> {
  const id = EventId.parse(newUuid());
  const name = fields.kind.charAt(0).toUpperCase() + fields.kind.slice(1);
  await admin`
    insert into wedding.events (wedding_id, id, kind, name, starts_on, starts_at, position)
    select ${fields.weddingId}, ${id}, ${fields.kind}, ${name}, ${fields.startsOn ?? null}, '16:00',
      coalesce(max(position), 0) + 1
    from wedding.events where wedding_id = ${fields.weddingId}`;
  return id;
}

/** A new user with a role in the company. */
export async function seedOrgMember(
  admin: postgres.Sql,
  fields: { orgId: string; role: OrgRole },
): Promise<UserId> {
  const { userId } = await seedUser(admin);
  await admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${fields.orgId}, ${userId}, ${fields.role})`;
  return userId;
}

/** A new user with a role in one wedding. */
export async function seedWeddingMember(
  admin: postgres.Sql,
  fields: { orgId: string; weddingId: string; role: WeddingRole },
): Promise<UserId> {
  const { userId } = await seedUser(admin);
  await admin`
    insert into wedding.wedding_members (org_id, wedding_id, user_id, role)
    values (${fields.orgId}, ${fields.weddingId}, ${userId}, ${fields.role})`;
  return userId;
}

async function ownerOf(admin: postgres.Sql, orgId: string): Promise<UserId> {
  const [row] = await admin<{ user_id: string }[]>`
    select user_id from wedding.org_members where org_id = ${orgId} and role = 'owner' limit 1`;
  return UserId.parse(row?.user_id);
}
