import { newUuid, type UserId } from '@wedsync/contracts/ids';
import {
  seedMessage,
  seedReminderRule,
  seedTemplate,
} from '@wedsync/testing/factories/communications';
import { seedGuest, seedTag } from '@wedsync/testing/factories/guests';
import { seedAssignment, seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import type postgres from 'postgres';

/** A company with one row of every kind, and the ids of those rows by the name of the property. */
export interface Tenant {
  ownerId: UserId;
  ids: Record<string, string>;
}

async function seedRest(admin: postgres.Sql, name: string, ids: Record<string, string>) {
  const { weddingId = '', orgId = '', userId = '', messageId = '', guestId = '' } = ids;
  const [questionId, importId, deliveryId, invitationId] = [1, 2, 3, 4].map(() => newUuid());
  const suppressionId = newUuid();
  await admin`
    insert into wedding.suppressions (wedding_id, id, channel, address_hash, reason)
    values (${weddingId}, ${suppressionId}, 'email', sha256(${name}::bytea), 'bounced')`;
  await admin`
    insert into wedding.questions (wedding_id, id, prompt, kind)
    values (${weddingId}, ${questionId ?? ''}, ${`${name} question`}, 'text')`;
  await admin`
    insert into wedding.guest_imports
      (wedding_id, id, file_name, file_sha256, format, mapping, counts, applied_at, applied_by)
    values (${weddingId}, ${importId ?? ''}, ${`${name}.csv`}, '\\x00', 'csv', '[]', '{}', now(), ${userId})`;
  await admin`
    insert into wedding.deliveries
      (wedding_id, message_id, id, guest_id, channel, address_cipher, address_hash, state, reason)
    values (${weddingId}, ${messageId}, ${deliveryId ?? ''}, ${guestId}, 'email',
      convert_to(${`${name}@example.com`}, 'UTF8'), '\\x00', 'skipped', 'no-address')`;
  await admin`
    insert into wedding.member_invitations (org_id, id, wedding_id, email, role, invited_by, expires_at)
    values (${orgId}, ${invitationId ?? ''}, ${weddingId}, ${`${name}@example.com`.toLowerCase()},
      'viewer', ${userId}, now() + interval '1 day')`;
  const inboundTextId = newUuid();
  await admin`
    insert into wedding.inbound_texts (wedding_id, id, guest_id, phone_hash, meaning, received_at)
    values (${weddingId}, ${inboundTextId}, ${guestId}, sha256(${name}::bytea), 'other', now())`;
  return { inboundTextId, suppressionId, questionId, importId, deliveryId, invitationId };
}

/** A floor plan with somebody seated, a rule, a kept version and a run. */
async function seedSeating(admin: postgres.Sql, name: string, ids: Record<string, string>) {
  const { weddingId = '', eventId = '', guestId = '', tagId = '' } = ids;
  const where = { weddingId, eventId };
  const plan = await seedPlan(admin, { ...where, tables: 1, guests: 0 });
  const [table] = plan.tables;
  const seatId = table?.seatIds[0] ?? '';
  await seedAssignment(admin, { ...where, guestId, seatId });
  const [fixtureId = '', relationshipId = '', versionId = '', runId = ''] = [1, 2, 3, 4].map(() =>
    newUuid(),
  );
  await admin`
    insert into wedding.seating_fixtures
      (wedding_id, event_id, id, kind, label, x_mm, y_mm, width_mm, depth_mm)
    values (${weddingId}, ${eventId}, ${fixtureId}, 'bar', ${name}, 0, 0, 1000, 1000)`;
  await admin`
    insert into wedding.seating_relationships
      (wedding_id, id, kind, one_guest_id, other_tag_id, note)
    values (${weddingId}, ${relationshipId}, 'prefer', ${guestId}, ${tagId}, ${name})`;
  await admin`
    insert into wedding.seating_versions
      (wedding_id, event_id, id, name, revision, assignments, seated_count)
    values (${weddingId}, ${eventId}, ${versionId}, ${name}, 0, '[]', 0)`;
  await admin`
    insert into wedding.seating_runs
      (wedding_id, event_id, id, mode, state, weights, seconds, seed, base_revision, ended_at, error, result)
    values (${weddingId}, ${eventId}, ${runId}, 'full', 'failed', '{}', 1, 1, 0, now(), ${name}, '[]')`;
  return {
    layoutId: plan.layoutId,
    tableId: table?.id,
    seatId,
    fixtureId,
    relationshipId,
    versionId,
    runId,
  };
}

/** Writes a company with a wedding that has everything; `name` marks its texts. */
export async function seedTenant(admin: postgres.Sql, name: string): Promise<Tenant> {
  const { orgId, weddingId, ownerId, eventIds } = await seedWedding(admin, { title: name });
  const [eventId = ''] = eventIds;
  const { guestId, householdId } = await seedGuest(admin, {
    weddingId,
    firstName: name,
    email: `${name.toLowerCase()}@example.com`,
    eventIds,
  });
  const tagId = await seedTag(admin, { weddingId, name });
  const messageId = await seedMessage(admin, { weddingId, title: name });
  const templateId = await seedTemplate(admin, { weddingId, name });
  const reminderRuleId = await seedReminderRule(admin, { weddingId, templateId, name });
  const ids = { orgId, weddingId, userId: ownerId, eventId, guestId, householdId, tagId };
  const more = {
    messageId,
    templateId,
    reminderRuleId,
    removalId: newUuid(),
    sessionId: newUuid(),
  };
  const rest = await seedRest(admin, name, { ...ids, ...more });
  const seating = await seedSeating(admin, name, ids);
  return { ownerId, ids: { ...ids, ...more, ...rest, ...seating } as Record<string, string> };
}

/** A digest of every row of a company, table by table. */
export async function foreignRows(admin: postgres.Sql, { ids }: Tenant): Promise<object[]> {
  const tables = await admin<{ name: string; key: string }[]>`
    select c.relname as name, min(a.attname) filter (where a.attname in ('wedding_id', 'org_id')) as key
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'wedding'::regnamespace and c.relkind in ('r', 'p')
      and a.attname in ('wedding_id', 'org_id')
    group by c.relname order by c.relname`;
  return Promise.all(
    tables.map(async ({ name, key }) => {
      const id = key === 'org_id' ? ids.orgId : ids.weddingId;
      const [row] = await admin.unsafe(
        `select count(*)::int as rows, md5(coalesce(string_agg(to_jsonb(t)::text, ',' order by to_jsonb(t)::text), '')) as digest
         from wedding.${name} t where ${key} = $1`,
        [id ?? ''],
      );
      return { name, ...row };
    }),
  );
}
