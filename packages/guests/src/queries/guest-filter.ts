import type { GuestFilter } from '@wedsync/contracts/guests';
import type { WeddingId } from '@wedsync/contracts/ids';
import { uuidArray } from '@wedsync/db/sql-values';
import { type SQL, sql } from 'drizzle-orm';

const dietHolds = (diet: NonNullable<GuestFilter['diet']>): SQL => {
  if (diet === 'any') return sql`(g.diets <> '[]' or g.diet_notes <> '')`;
  if (diet === 'allergy') return sql`g.diets @> '[{"severity": "allergy"}]'`;
  return sql`g.diets @> ${JSON.stringify([{ code: diet }])}::jsonb`;
};

const missing: Record<NonNullable<GuestFilter['missing']>, (weddingId: WeddingId) => SQL> = {
  email: () => sql`g.email_cipher is null`,
  phone: () => sql`g.phone_cipher is null`,
  // One invitation goes to a household, so its other people are reached through whoever has a contact.
  contact: (weddingId) => sql`not exists (select from wedding.guests m
    where m.wedding_id = ${weddingId} and m.household_id = g.household_id
      and m.removed_at is null and num_nonnulls(m.email_cipher, m.phone_cipher) > 0)`,
  name: () => sql`g.first_name = '' and g.last_name = ''`,
  address: () => sql`h.street_cipher is null and h.city = ''`,
};

const answerHolds = (answer: NonNullable<GuestFilter['answer']>): SQL => {
  if (answer === 'invited' || answer === 'not-invited') return sql`true`;
  return answer === 'outstanding' ? sql`i.answer is null` : sql`i.answer = ${answer}`;
};

function invitationHolds(weddingId: WeddingId, filter: GuestFilter): SQL | undefined {
  if (!filter.eventId && !filter.answer) return undefined;
  const answer = filter.answer ?? 'invited';
  const found = sql`exists (select from wedding.invitations i
    where i.wedding_id = ${weddingId} and i.guest_id = g.id and ${answerHolds(answer)}
      ${filter.eventId ? sql`and i.event_id = ${filter.eventId}` : sql``})`;
  return answer === 'not-invited' ? sql`not ${found}` : found;
}

/** The filter as conditions on `guests as g join households as h`, the wedding's own among them. */
export function guestConditions(weddingId: WeddingId, filter: GuestFilter): SQL {
  const conditions = [sql`g.wedding_id = ${weddingId} and g.removed_at is null`];
  const invitation = invitationHolds(weddingId, filter);
  if (invitation) conditions.push(invitation);
  if (filter.householdId) conditions.push(sql`g.household_id = ${filter.householdId}`);
  if (filter.ageGroup) conditions.push(sql`g.age_group = ${filter.ageGroup}`);
  if (filter.side === 'none') conditions.push(sql`g.side is null`);
  else if (filter.side) conditions.push(sql`g.side = ${filter.side}`);
  if (filter.diet) conditions.push(dietHolds(filter.diet));
  if (filter.accessibility === 'any') {
    conditions.push(sql`(g.accessibility <> '{}' or g.accessibility_notes <> '')`);
  } else if (filter.accessibility) {
    conditions.push(sql`${filter.accessibility} = any(g.accessibility)`);
  }
  if (filter.missing) conditions.push(missing[filter.missing](weddingId));
  const tagIds = [...new Set(filter.tagIds)];
  if (tagIds.length > 0) {
    conditions.push(sql`(select count(*) from wedding.guest_tags t
      where t.wedding_id = ${weddingId} and t.guest_id = g.id
        and t.tag_id = any(${uuidArray(tagIds)})) = ${tagIds.length}`);
  }
  return sql.join(conditions, sql` and `);
}
