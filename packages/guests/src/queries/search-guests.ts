import { type GuestHit, SearchGuests } from '@wedsync/contracts/guests';
import type { GuestId, HouseholdId } from '@wedsync/contracts/ids';
import { bytesParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { KeySource } from '@wedsync/service/keys-for';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { guestKeyColumn } from '../guest-rows.ts';
import { isEmail } from '../model/emails.ts';
import { readPhones } from '../model/phones.ts';
import { openMainContacts } from '../sealed-contacts.ts';

type HitRecord = {
  id: GuestId;
  household_id: HouseholdId;
  household_name: string;
  first_name: string;
  last_name: string;
  email_cipher: Uint8Array | null;
  guest_key: Uint8Array | null;
  score: number;
};

const digitsMin = 5;

/** The hash under which a whole address or number is stored; null for anything else. */
async function hashOfContact(
  ctx: ServiceContext,
  { tx, keyRing }: KeySource,
  text: string,
): Promise<Buffer | null> {
  const weddingId = requireWedding(ctx);
  const email = isEmail(text.trim());
  if (!email && (text.match(/\d/g)?.length ?? 0) < digitsMin) return null;
  const keys = await keyRing.forWedding(tx, weddingId);
  if (!keys.hasKeys) return null;
  if (email) return keys.hashEmail(text);
  const [wedding] = await tx.execute<{ country: string }>(
    sql`select default_country as country from wedding.weddings where id = ${weddingId}`,
  );
  const [phone] = readPhones(text, wedding?.country ?? '').phones;
  return phone === undefined ? null : keys.hashPhone(phone);
}

/**
 * Guests whose names resemble the query, best first, or who have exactly this e-mail address or
 * phone number: contacts are encrypted, so a part of one finds nothing.
 */
export async function searchGuests(ctx: ServiceContext, input: SearchGuests): Promise<GuestHit[]> {
  const { query, limit } = parseInput(SearchGuests, input);
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  // NUL cannot be stored, hence cannot be found either.
  const wanted = query.replaceAll('\0', '');
  return readTx(ctx, async (tx) => {
    const hash = await hashOfContact(ctx, { tx, keyRing: ctx.keyRing }, wanted);
    const hits = await tx.execute<HitRecord>(sql`
      select g.id, g.household_id, h.name as household_name, g.first_name, g.last_name,
        g.email_cipher, ${guestKeyColumn(weddingId)}, hit.score
      from wedding.search_guests(${wanted}, ${limit}, ${hash ? bytesParameter(hash) : null}) as hit
      join wedding.guests g on g.wedding_id = ${weddingId} and g.id = hit.guest_id
      join wedding.households h on h.wedding_id = ${weddingId} and h.id = g.household_id
      order by hit.score desc, g.sort_name, g.id`);
    const wrapped = hits.map(({ guest_key }) => guest_key);
    const keys = await ctx.keyRing.forWedding(tx, weddingId, wrapped);
    return hits.map((hit) => ({
      id: hit.id,
      householdId: hit.household_id,
      householdName: hit.household_name,
      firstName: hit.first_name,
      lastName: hit.last_name,
      email: openMainContacts(keys, hit.id, { ...hit, phone_cipher: null }).email,
      score: hit.score,
    }));
  });
}
