import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createGuest, updateHousehold } from '@wedsync/guests';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportGuestData, recordConsent } from './index.ts';

const db = await createTestDatabase();

async function open() {
  const place = await seedWedding(db.admin);
  return { ...place, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
}
const filesOf = (content: string) =>
  Object.fromEntries(
    Object.entries(unzipSync(Buffer.from(content, 'base64'))).map(([name, bytes]) => [
      name,
      strFromU8(bytes),
    ]),
  );

describe('the data of a guest', () => {
  it('hold everything that is kept about them, as JSON and as tables', async () => {
    const { ctx, weddingId, eventIds } = await open();
    const tagId = await seedTag(db.admin, { weddingId, name: 'Choir' });
    const guest = await createGuest(ctx, {
      firstName: 'Ana',
      email: 'ana@example.com',
      phone: '+351912345678',
      diets: [{ code: 'vegan', severity: 'allergy' }],
      notes: '=HYPERLINK("http://evil.example")',
      eventIds,
      tagIds: [tagId],
    });
    const householdId = guest.householdId;
    await updateHousehold(ctx, { householdId, version: 1, patch: { street: 'Rua da Prata 12' } });
    await recordConsent(ctx, {
      guestId: guest.id,
      channel: 'sms',
      status: 'granted',
      how: 'verbal',
    });
    const messageId = await seedMessage(db.admin, { weddingId, title: 'The invitation' });
    await db.admin`
      insert into wedding.deliveries
        (wedding_id, message_id, id, guest_id, channel, address_cipher, address_hash, state, sent_at)
      select ${weddingId}, ${messageId}, ${newUuid()}, id, 'email', email_cipher, email_hash, 'sent', now()
      from wedding.guests where id = ${guest.id}`;
    const [keys] = await db.admin`
      select wrapped from wedding.guest_keys where guest_id = ${guest.id}`;
    const ring = await db.app.read(ctx.claims, (tx) => ctx.keyRing.forWedding(tx, weddingId));
    const text = ring.guest(guest.id, keys?.wrapped).seal('inbound_text', 'We are looking forward');
    await db.admin`
      insert into wedding.inbound_texts
        (wedding_id, id, guest_id, phone_hash, text_cipher, meaning, received_at)
      select ${weddingId}, ${newUuid()}, id, phone_hash, ${text}, 'other', now()
      from wedding.guests where id = ${guest.id}`;

    await db.admin`
      insert into wedding.notices (wedding_id, id, message_id, household_id, guest_id, body)
      values (${weddingId}, ${newUuid()}, ${messageId}, ${householdId}, ${guest.id}, 'The bus leaves at two')`;
    const other = await createGuest(ctx, { firstName: 'Bruno' });
    await db.admin`
      insert into wedding.seating_relationships
        (wedding_id, id, kind, one_guest_id, other_guest_id, note)
      values (${weddingId}, ${newUuid()}, 'never', ${guest.id}, ${other.id}, 'They do not speak')`;
    const { fileName, content } = await exportGuestData(ctx, { guestId: guest.id });

    expect(fileName).toMatch(/^guest-data-\d{4}-\d\d-\d\d\.zip$/);
    const files = filesOf(content);
    const all = JSON.parse(files['guest-data.json'] ?? '');
    expect(all).toMatchObject({
      profile: { firstName: 'Ana', email: 'ana@example.com', phone: '+351912345678' },
      household: { street: 'Rua da Prata 12' },
      tags: [{ name: 'Choir' }],
      messages: [{ title: 'The invitation', channel: 'email', state: 'sent' }],
      texts: [{ text: 'We are looking forward' }],
      notices: [{ title: 'The invitation', body: 'The bus leaves at two' }],
      seatingWishes: [{ kind: 'never', note: 'They do not speak' }],
      consents: [{ channel: 'sms', status: 'granted' }],
    });
    expect(all.events).toHaveLength(eventIds.length);
    const created = all.history.find(
      (entry: { action: string }) => entry.action === 'guests.create',
    );
    expect(created.after.email).toBe('ana@example.com');
    expect(Object.keys(files).toSorted()).toEqual(
      ['guest-data.json', ...Object.keys(all).map((name) => `${name}.csv`)].toSorted(),
    );
    expect(JSON.stringify(files)).not.toMatch(/bruno/i);
    expect(files['notices.csv']).toContain('The bus leaves at two');
    expect(files['profile.csv']).toContain('ana@example.com');
    expect(files['profile.csv']).toContain("'=HYPERLINK");
    const [audit] = await db.admin`
      select before, after from wedding.audit_log
      where entity_id = ${guest.id} and action = 'privacy.export-guest-data'`;
    expect(audit).toEqual({ before: null, after: null });
  });

  it('are nobody else’s: not another guest’s, not for a viewer, not from another wedding', async () => {
    const { ctx, weddingId, orgId } = await open();
    const other = await open();
    const { guestId } = await seedGuest(db.admin, { weddingId, email: 'ana@example.com' });
    await seedGuest(db.admin, { weddingId, firstName: 'Rui', email: 'rui@example.com' });
    const { content } = await exportGuestData(ctx, { guestId });
    expect(JSON.stringify(filesOf(content))).not.toMatch(/rui/i);
    const viewer = userContext(db.app, { weddingId, orgId, access: { weddingRole: 'viewer' } });
    await expect(exportGuestData(viewer, { guestId })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(exportGuestData(other.ctx, { guestId })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

/** Where else guests stand, and why their file does not repeat it. */
const notRepeated: Readonly<Record<string, string>> = {
  consent_states: 'what the ledger of consents said last',
  guest_keys: 'opens what is in the file; says nothing by itself',
  guest_sources: 'sealed; the profile and the history hold the same',
  guest_import_changes: 'sealed; the history holds the same',
  seating_presence: 'where planners look, gone after half a minute',
};
const inTheFile = [
  'consents',
  'deliveries',
  'guest_tags',
  'inbound_texts',
  'invitations',
  'notices',
  'question_answers',
  'seating_assignments',
  'seating_relationships',
  'unsubscribe_links',
];

it('knows every table with guests in it: a new one is exported, or says why not', async () => {
  const tables = await db.admin<{ name: string }[]>`
    select distinct c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'wedding'
    join pg_attribute a on a.attrelid = c.oid and a.attname ~ 'guest_ids?$' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const known = new Set([...inTheFile, ...Object.keys(notRepeated)]);
  expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});
