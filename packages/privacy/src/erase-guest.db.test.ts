import { newUuid } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import {
  createGuest,
  getGuest,
  getGuestHistory,
  getHousehold,
  updateGuest,
  updateHousehold,
} from '@wedsync/guests';
import { guestLinkContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { eraseGuest, recordConsent } from './index.ts';

const db = await createTestDatabase();

async function open() {
  const place = await seedWedding(db.admin);
  return { ...place, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
}

const canaries = {
  firstName: 'Quirina',
  lastName: 'Canaryfield',
  email: 'quirina@canary.example',
  otherEmails: ['second@canary.example'],
  phone: '+351912345678',
  notes: 'sings in the canary choir',
};
const secrets = /Quirina|Canaryfield|canary|912345678/i;

/** Every row of the wedding, as text. */
async function traces(weddingId: string): Promise<string> {
  const tables = await db.admin<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.columns
    where table_schema in ('wedding', 'ops') and column_name = 'wedding_id'`;
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await db.admin`
      select string_agg(t::text, ' ') as text from ${db.admin(schema)}.${db.admin(name)} t
      where t.wedding_id = ${weddingId}`;
    texts.push(row?.text ?? '');
  }
  return texts.join('\n');
}

describe('erasing a guest', () => {
  it('destroys the key and leaves no trace of the person, but the number of guests', async () => {
    const { ctx, weddingId, eventIds } = await open();
    const guest = await createGuest(ctx, { ...canaries, eventIds });
    const household = await getHousehold(ctx, { householdId: guest.householdId });
    await updateHousehold(ctx, {
      householdId: household.id,
      version: household.version,
      patch: { street: 'Canary Wharf 12', city: 'Canaryville' },
    });
    await updateGuest(ctx, {
      guestId: guest.id,
      version: guest.version,
      patch: { email: 'new@canary.example' },
    });
    await recordConsent(ctx, {
      guestId: guest.id,
      channel: 'sms',
      status: 'granted',
      how: 'verbal',
      proof: 'said so at the canary show',
    });
    const messageId = await seedMessage(db.admin, { weddingId });
    await db.admin`
      insert into wedding.deliveries
        (wedding_id, message_id, id, guest_id, channel, address_cipher, address_hash, state, sent_at)
      select ${weddingId}, ${messageId}, ${newUuid()}, id, 'email', email_cipher, email_hash, 'sent', now()
      from wedding.guests where id = ${guest.id}`;
    const before = await traces(weddingId);
    expect(before).toMatch(/Quirina/);
    // Even before, no contact and no street stands anywhere in plain.
    expect(before).not.toMatch(/@canary|912345678|Wharf/);

    const { erasedAt } = await eraseGuest(ctx, { guestId: guest.id });

    expect(await traces(weddingId)).not.toMatch(secrets);
    const [key] = await db.admin`select from wedding.guest_keys where guest_id = ${guest.id}`;
    expect(key).toBeUndefined();
    const shown = await getGuest(ctx, { guestId: guest.id });
    expect(shown).toMatchObject({ lastName: 'Erased guest', email: null, phone: null, notes: '' });
    expect(shown.invitations).toHaveLength(eventIds.length);
    const [delivery] = await db.admin`
      select state, address_cipher, octet_length(address_hash) as hash from wedding.deliveries
      where message_id = ${messageId}`;
    expect(delivery).toMatchObject({ state: 'sent', address_cipher: null, hash: 32 });
    const history = await getGuestHistory(ctx, { guestId: guest.id });
    expect(history.items[0]).toMatchObject({ action: 'privacy.erase-guest', before: null });
    expect(await eraseGuest(ctx, { guestId: guest.id })).toEqual({ erasedAt });
    const after = await getGuestHistory(ctx, { guestId: guest.id });
    expect(after.items).toHaveLength(history.items.length);
  });

  it('keeps every address of theirs suppressed, found again by whoever imports it', async () => {
    const { ctx, weddingId } = await open();
    const guest = await createGuest(ctx, canaries);
    await eraseGuest(ctx, { guestId: guest.id });
    const again = await createGuest(ctx, canaries);
    const hits = await db.admin`
      select s.channel, s.reason from wedding.guests g
      join wedding.suppressions s on s.wedding_id = g.wedding_id
        and (s.address_hash in (g.email_hash, g.phone_hash) or s.address_hash = any (g.other_contact_hashes))
      where g.wedding_id = ${weddingId} and g.id = ${again.id} order by s.channel`;
    expect(new Set(hits.map(({ channel, reason }) => `${channel} ${reason}`))).toEqual(
      new Set(['email erased', 'sms erased']),
    );
  });

  it('is for good: an erased guest gets no contacts again', async () => {
    const { ctx } = await open();
    const { id: guestId } = await createGuest(ctx, canaries);
    await eraseGuest(ctx, { guestId });
    const { version } = await getGuest(ctx, { guestId });
    const edit = updateGuest(ctx, { guestId, version, patch: { email: 'back@canary.example' } });
    await expect(edit.catch((error: unknown) => toDomainError(error))).resolves.toMatchObject({
      code: 'guests.erased',
    });
  });

  it('leaves an address to whoever shares it, until they are erased as well', async () => {
    const { ctx, weddingId } = await open();
    const shared = { email: 'home@family.example' };
    const ana = await createGuest(ctx, { firstName: 'Ana', ...shared });
    const rui = await createGuest(ctx, {
      firstName: 'Rui',
      householdId: ana.householdId,
      ...shared,
    });
    const suppressed = () =>
      db.admin`select reason from wedding.suppressions where wedding_id = ${weddingId}`;
    await eraseGuest(ctx, { guestId: ana.id });
    expect(await suppressed()).toEqual([]);
    expect(await getGuest(ctx, { guestId: rui.id })).toMatchObject(shared);
    const home = { householdId: rui.householdId };
    expect((await getHousehold(ctx, home)).name).not.toBe('Erased household');
    await eraseGuest(ctx, { guestId: rui.id });
    expect(await suppressed()).toEqual([{ reason: 'erased' }]);
    expect(await getHousehold(ctx, home)).toMatchObject({
      name: 'Erased household',
      hasLink: false,
    });
  });

  it('is refused to viewers, to assistants, to guest links and to other weddings', async () => {
    const { ctx, weddingId, orgId } = await open();
    const other = await open();
    const guest = await createGuest(ctx, canaries);
    const input = { guestId: guest.id };
    for (const access of [{ weddingRole: 'viewer' }, { orgRole: 'assistant' }] as const) {
      const stranger = userContext(db.app, { weddingId, orgId, access });
      await expect(eraseGuest(stranger, input)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await expect(eraseGuest(other.ctx, input)).rejects.toMatchObject({ kind: 'not-found' });
    const link = guestLinkContext(db.app, { weddingId, orgId, householdId: guest.householdId });
    const direct = db.app.write(link.claims, (tx) =>
      tx.execute(`select wedding.erase_guest('${guest.id}')`),
    );
    await expect(direct).rejects.toMatchObject({ cause: { code: '42501' } });
    expect(await getGuest(ctx, input)).toMatchObject({ email: canaries.email });
  });
});
