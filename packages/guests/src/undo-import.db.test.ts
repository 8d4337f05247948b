import type { GuestId } from '@wedsync/contracts/ids';
import { ImportId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyImport } from './apply-import.ts';
import { createGuest } from './create-guest.ts';
import { inviteGuests, uninviteGuests } from './invite-guests.ts';
import { previewImport } from './preview-import.ts';
import { getGuest } from './queries/get-guest.ts';
import { listGuests } from './queries/list-guests.ts';
import { getHousehold } from './queries/list-households.ts';
import { recordAnswers } from './record-answers.ts';
import { removeGuests } from './remove-guests.ts';
import { tagGuests } from './tag-guests.ts';
import { undoImport } from './undo-import.ts';
import { updateGuest } from './update-guest.ts';
import { updateHousehold } from './update-household.ts';
import { createTag, listTags } from './update-tag.ts';

const db = await createTestDatabase();

const open = async () => {
  const place = await seedWedding(db.admin);
  return { ...place, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
};

interface Row {
  first: string;
  last: string;
  email: string;
  diet: string;
  tags: string;
  city: string;
  plusOnes: number;
  answer: string;
}
const csv = (rows: readonly Row[]) =>
  ['First name,Last name,Household,E-mail,Diet,Tags,City,Plus ones,Dinner RSVP']
    .concat(
      rows.map((row) =>
        [
          row.first,
          row.last,
          `The ${row.last}s`,
          row.email,
          row.diet,
          row.tags,
          row.city,
          row.plusOnes,
          row.answer,
        ].join(','),
      ),
    )
    .join('\n');

async function importFile(ctx: ServiceContext, text: string): Promise<ImportId | null> {
  const request = { fileName: 'list.csv', content: Buffer.from(text).toString('base64') };
  const { digest } = await previewImport(ctx, request);
  return (await applyImport(ctx, { ...request, digest })).importId;
}

/** All that anybody can see of a wedding's guests, without the bookkeeping of rows. */
async function visible(weddingId: string): Promise<unknown> {
  const [row] = await db.admin`
    with present as (select * from wedding.guests where wedding_id = ${weddingId} and removed_at is null)
    select
      (select jsonb_agg(to_jsonb(g) - 'version' - 'updated_at' order by g.id) from present g) as guests,
      (select jsonb_agg(to_jsonb(h) - 'version' - 'updated_at' order by h.id) from wedding.households h
        where wedding_id = ${weddingId} and removed_at is null) as households,
      (select jsonb_agg(to_jsonb(t) - 'updated_at' order by t.id) from wedding.tags t where wedding_id = ${weddingId}) as tags,
      (select jsonb_agg(to_jsonb(i) - 'version' - 'updated_at' - 'created_at' order by i.guest_id, i.event_id)
        from wedding.invitations i where wedding_id = ${weddingId} and guest_id in (select id from present)) as invitations,
      (select jsonb_agg(to_jsonb(t) order by t.guest_id, t.tag_id) from wedding.guest_tags t
        where wedding_id = ${weddingId} and guest_id in (select id from present)) as links,
      (select jsonb_agg(to_jsonb(s) order by s.guest_id) from wedding.guest_sources s
        where wedding_id = ${weddingId} and guest_id in (select id from present)) as sources,
      (select jsonb_agg(to_jsonb(s) order by s.household_id) from wedding.household_sources s
        join wedding.households h on (h.wedding_id, h.id) = (s.wedding_id, s.household_id)
        where s.wedding_id = ${weddingId} and h.removed_at is null) as homes`;
  return row;
}

const base: Row = {
  first: 'Ana',
  last: 'Almeida',
  email: 'ana@example.com',
  diet: '',
  tags: 'family',
  city: 'Porto',
  plusOnes: 0,
  answer: 'yes',
};
const rui: Row = { ...base, first: 'Rui', email: 'rui@example.com', plusOnes: 1, answer: '' };

describe('an undo', () => {
  it('gives changed guests and households everything back that the import took', async () => {
    const { ctx, weddingId } = await open();
    await importFile(ctx, csv([base, rui]));
    const before = await visible(weddingId);
    const importId = await importFile(
      ctx,
      csv([
        {
          ...base,
          email: 'new@example.com',
          diet: 'vegan',
          tags: 'choir',
          city: 'Lisbon',
          answer: 'no',
        },
        rui,
        { ...base, first: 'Eva', email: 'eva@example.com' },
      ]),
    );
    expect(await visible(weddingId)).not.toEqual(before);
    const undone = await undoImport(ctx, { importId: ImportId.parse(importId) });
    expect(undone).toEqual({ state: 'undone', guestsRemoved: 1, guestsReverted: 1, kept: [] });
    expect(await visible(weddingId)).toEqual(before);
  });

  it('refuses over what was changed since, names it, and on request takes back the rest', async () => {
    const { ctx, eventIds } = await open();
    const importId = ImportId.parse(
      await importFile(
        ctx,
        csv([base, rui, { ...base, first: 'Eva', last: 'Sá', email: 'eva@example.com' }]),
      ),
    );
    const find = async (first: string) => {
      const found = (await listGuests(ctx, {})).items.find((row) => row.firstName === first);
      if (!found) throw new Error(`no ${first}`);
      return found;
    };
    const ana = await find('Ana');
    await recordAnswers(ctx, {
      eventId: eventIds[1] ?? ('' as never),
      answer: 'no',
      guests: [{ guestId: ana.id }],
    });
    await expect(undoImport(ctx, { importId })).rejects.toMatchObject({
      code: 'guests.import-changed-since',
      details: { changed: [{ entity: 'guest', id: ana.id, name: 'Ana Almeida' }] },
    });
    expect(await undoImport(ctx, { importId, skipChanged: true })).toMatchObject({
      state: 'partly_undone',
      guestsRemoved: 3,
      kept: [{ id: ana.id }],
    });
    expect((await listGuests(ctx, {})).items.map((row) => row.firstName)).toEqual(['Ana']);
    expect((await listTags(ctx)).map((tag) => tag.name)).toEqual(['family']);
    // The same answer again, but given by somebody else at another time: still not the import's.
    await recordAnswers(ctx, {
      eventId: eventIds[1] ?? ('' as never),
      answer: 'yes',
      guests: [{ guestId: ana.id }],
    });
    await expect(undoImport(ctx, { importId })).rejects.toMatchObject({ kind: 'precondition' });
  });

  it('keeps a host whose companion was added by hand, and a household that was edited', async () => {
    const { ctx } = await open();
    const importId = ImportId.parse(
      await importFile(ctx, csv([base, { ...rui, last: 'Sá', plusOnes: 0 }])),
    );
    const [ana, other] = (await listGuests(ctx, {})).items;
    if (!ana || !other) throw new Error('no guests');
    await createGuest(ctx, { plusOneOf: ana.id });
    const home = await getHousehold(ctx, { householdId: other.householdId });
    await updateHousehold(ctx, {
      householdId: home.id,
      version: home.version,
      patch: { notes: 'Call first' },
    });
    const { kept } = await undoImport(ctx, { importId, skipChanged: true });
    expect(kept.map(({ entity, id }) => `${entity} ${id}`).sort()).toEqual([
      `guest ${ana.id}`,
      `household ${home.id}`,
    ]);
    expect((await listGuests(ctx, {})).items).toHaveLength(2);
    expect(await getHousehold(ctx, { householdId: home.id })).toMatchObject({
      guests: 0,
      notes: 'Call first',
    });
    expect(await getGuest(ctx, { guestId: ana.id })).toMatchObject({ firstName: 'Ana' });
  });

  it('does not mind guests that were removed since', async () => {
    const { ctx } = await open();
    const importId = ImportId.parse(await importFile(ctx, csv([base, { ...rui, last: 'Sá' }])));
    const [ana] = (await listGuests(ctx, {})).items;
    await removeGuests(ctx, { guestIds: ana ? [ana.id] : [] });
    expect(await undoImport(ctx, { importId })).toMatchObject({ state: 'undone', kept: [] });
    expect((await listGuests(ctx, {})).items).toEqual([]);
  });
});

// Random lists and random edits --------------------------------------------------------------------

const row = fc.record<Row>({
  first: fc.constantFrom('Ana', 'Rui', 'Zoë', 'Łukasz', 'Eva'),
  last: fc.constantFrom('Almeida', 'Müller', 'O’Neil', 'Sá'),
  email: fc.constantFrom('', 'a@example.com', 'b@example.com', 'c@example.com'),
  diet: fc.constantFrom('', 'vegan', 'allergic to nuts', 'no idea yet'),
  tags: fc.constantFrom('', 'family', 'choir; hotel'),
  city: fc.constantFrom('', 'Porto', 'Lisbon'),
  plusOnes: fc.constantFrom(0, 0, 0, 1, 2),
  answer: fc.constantFrom('', 'yes', 'no', 'maybe'),
});
const rows = fc.uniqueArray(row, {
  minLength: 1,
  maxLength: 7,
  selector: (one) => `${one.first} ${one.last}`,
});

type Edit = {
  kind: 'name' | 'tag' | 'answer' | 'invite' | 'uninvite' | 'remove' | 'diet';
  guest: number;
};
const edit = fc.record<Edit>({
  kind: fc.constantFrom('name', 'tag', 'answer', 'invite', 'uninvite', 'remove', 'diet'),
  guest: fc.nat(20),
});

async function carryOut(
  ctx: ServiceContext,
  { kind, guest }: Edit,
  [first, second]: readonly string[],
) {
  const { items } = await listGuests(ctx, { limit: 500 });
  const target = items[guest % Math.max(items.length, 1)];
  if (!target) return;
  const guestIds: GuestId[] = [target.id];
  const patch = (fields: object) =>
    updateGuest(ctx, { guestId: target.id, version: target.version, patch: fields });
  const eventId = first as never;
  if (kind === 'name') await patch({ notes: `edited ${guest}` });
  if (kind === 'diet') await patch({ diets: [{ code: 'fish', severity: 'allergy' }] });
  if (kind === 'remove') await removeGuests(ctx, { guestIds });
  if (kind === 'invite') await inviteGuests(ctx, { eventId: second as never, guestIds });
  if (kind === 'uninvite') await uninviteGuests(ctx, { eventId, guestIds, evenAnswered: true });
  if (kind === 'tag') {
    const [tag = await createTag(ctx, { name: 'by hand' })] = await listTags(ctx);
    await tagGuests(ctx, { guestIds, add: [tag.id] });
  }
  if (kind === 'answer') {
    await inviteGuests(ctx, { eventId, guestIds });
    await recordAnswers(ctx, { eventId, answer: 'unsure', guests: [{ guestId: target.id }] });
  }
}

describe('whatever the lists and the edits', () => {
  it('the same file again changes nothing, and an undo restores exactly what was there', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(edit, { maxLength: 3 }),
        rows,
        async (earlier, edits, later) => {
          const { ctx, weddingId, eventIds } = await open();
          await importFile(ctx, csv(earlier));
          for (const one of edits) await carryOut(ctx, one, eventIds);
          const before = await visible(weddingId);
          const importId = await importFile(ctx, csv(later));
          const after = await visible(weddingId);
          expect(await importFile(ctx, csv(later))).toBeNull();
          expect(await visible(weddingId)).toEqual(after);
          if (!importId) return;
          await undoImport(ctx, { importId });
          expect(await visible(weddingId)).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('an undo after further edits touches none of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (list, edits) => {
          const { ctx, weddingId, eventIds } = await open();
          const importId = ImportId.parse(await importFile(ctx, csv(list)));
          const untouched = await visible(weddingId);
          for (const one of edits) await carryOut(ctx, one, eventIds);
          const edited = await visible(weddingId);
          const { kept } = await undoImport(ctx, { importId, skipChanged: true });
          const left = (await listGuests(ctx, { limit: 500 })).items.map((one) => one.id);
          const keptGuests = kept
            .filter((one) => one.entity === 'guest')
            .map((one) => one.id as GuestId);
          // Everything that is left was named as kept; nothing that was edited has gone.
          expect(left.every((id) => keptGuests.includes(id))).toBe(true);
          if (JSON.stringify(edited) === JSON.stringify(untouched)) expect(left).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
