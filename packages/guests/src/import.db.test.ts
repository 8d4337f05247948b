import { readFile } from 'node:fs/promises';
import type { AppliedImport, GuestImportPreview } from '@wedsync/contracts/guest-imports';
import { ImportId, newId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { applyImport } from './apply-import.ts';
import { exportGuests } from './export-guests.ts';
import { previewImport } from './preview-import.ts';
import { getGuestHistory } from './queries/get-guest-history.ts';
import { listGuests } from './queries/list-guests.ts';
import { listImports } from './queries/list-imports.ts';
import { undoImport } from './undo-import.ts';
import { updateGuest } from './update-guest.ts';
import { listTags } from './update-tag.ts';

const db = await createTestDatabase();

const list = `First name,Last name,Household,E-mail,Phone,Dietary,Tags,Plus one,Ceremony RSVP,Dinner RSVP
Ana,Almeida,The Almeidas,ana@example.com,912 345 678,vegan,family,,yes,no
Rui,Almeida,The Almeidas,,,,family,,yes,
Zoë,Müller,Müller,zoe@example.com,,allergic to nuts,choir; family,1,,
Tom,O’Neil,O’Neil,tom@example.com,,,,,no,no
`;
const request = (text: string, fileName = 'guests.csv') => ({
  fileName,
  content: Buffer.from(text).toString('base64'),
});
const open = async (tier?: 'free') => {
  const place = await seedWedding(db.admin);
  if (tier)
    await db.admin`update wedding.organizations set tier = ${tier} where id = ${place.orgId}`;
  return { ...place, ctx: userContext(db.app, { ...place, userId: place.ownerId }) };
};
/** Previews and applies what was previewed. */
async function importFile(ctx: ServiceContext, text: string): Promise<AppliedImport> {
  const { digest } = await previewImport(ctx, request(text));
  return applyImport(ctx, { ...request(text), digest });
}
const importIdOf = ({ importId }: AppliedImport) => importId ?? newId(ImportId);
const names = async (ctx: ServiceContext) =>
  (await listGuests(ctx, { limit: 500 })).items.map((row) =>
    `${row.firstName} ${row.lastName}`.trim(),
  );

/** Everything of a wedding that a person can see, without versions and moments of bookkeeping. */
async function visible(weddingId: string): Promise<string> {
  const [row] = await db.admin`
    select
      (select jsonb_agg(to_jsonb(g) - 'version' - 'updated_at' order by g.id) from wedding.guests g
        where wedding_id = ${weddingId} and removed_at is null) as guests,
      (select jsonb_agg(to_jsonb(h) - 'version' - 'updated_at' order by h.id) from wedding.households h
        where wedding_id = ${weddingId} and removed_at is null) as households,
      (select jsonb_agg(to_jsonb(t) order by t.id) from wedding.tags t where wedding_id = ${weddingId}) as tags,
      (select jsonb_agg(to_jsonb(i) - 'version' - 'updated_at' - 'created_at' order by i.guest_id, i.event_id)
        from wedding.invitations i join wedding.guests g on (g.wedding_id, g.id) = (i.wedding_id, i.guest_id)
        where i.wedding_id = ${weddingId} and g.removed_at is null) as invitations,
      (select jsonb_agg(to_jsonb(t) order by t.guest_id, t.tag_id)
        from wedding.guest_tags t join wedding.guests g on (g.wedding_id, g.id) = (t.wedding_id, t.guest_id)
        where t.wedding_id = ${weddingId} and g.removed_at is null) as links,
      (select jsonb_agg(to_jsonb(s) order by s.guest_id)
        from wedding.guest_sources s join wedding.guests g on (g.wedding_id, g.id) = (s.wedding_id, s.guest_id)
        where s.wedding_id = ${weddingId} and g.removed_at is null) as sources`;
  return JSON.stringify(row);
}
/** Every row of every table of a wedding: nothing at all may have been written. */
async function everything(weddingId: string): Promise<string> {
  const tables = [
    'guests',
    'households',
    'tags',
    'guest_tags',
    'invitations',
    'guest_sources',
    'household_sources',
    'guest_imports',
    'guest_import_changes',
    'audit_log',
    'changes',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      db.admin.unsafe(
        `select md5(coalesce(string_agg(to_jsonb(t)::text, '' order by to_jsonb(t)::text), '')) from wedding.${table} t where wedding_id = $1`,
        [weddingId],
      ),
    ),
  );
  return JSON.stringify(rows);
}

describe('a preview', () => {
  it('says what would happen and writes nothing', async () => {
    const { ctx, weddingId } = await open();
    const before = await everything(weddingId);
    const preview = await previewImport(ctx, request(list));
    expect(preview.counts).toMatchObject({
      rowsRead: 4,
      guests: 5,
      plusOnes: 1,
      guestsCreated: 5,
      households: 3,
    });
    expect(await previewImport(ctx, request(list))).toEqual(preview);
    expect(await everything(weddingId)).toBe(before);
  });

  it('obeys a mapping and refuses one with a foreign event', async () => {
    const { ctx, eventIds } = await open();
    const other = await open();
    const mapping = [
      { column: 0, field: 'first-name' as const },
      { column: 1, field: 'last-name' as const },
      { column: 8, field: 'event-answer' as const, eventId: eventIds[0] ?? null },
    ];
    const preview = await previewImport(ctx, { ...request(list), mapping });
    expect(preview.columns[3]).toMatchObject({ field: 'ignore', reason: 'Chosen by you' });
    expect(preview.guests[0]?.values.emails).toEqual([]);
    await expect(previewImport(other.ctx, { ...request(list), mapping })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it.each<[string, { fileName: string; content: string }]>([
    ['an empty file', request('')],
    ['no guest list at all', request('\u0000\u0001\u0002\u0003', 'photo.jpg')],
    ['what is not base64', { fileName: 'a.csv', content: '***' }],
    ['a file that is too large', { fileName: 'a.csv', content: 'A'.repeat(14_000_000) }],
  ])('refuses %s in words', async (...[, input]) => {
    const { ctx, weddingId } = await open();
    const before = await everything(weddingId);
    await expect(previewImport(ctx, input)).rejects.toMatchObject({
      kind: expect.stringMatching(/^(invalid|limit)$/),
    });
    expect(await everything(weddingId)).toBe(before);
  });
});

describe('applying an import', () => {
  it('creates guests, companions, households, tags and answers as previewed', async () => {
    const { ctx, eventIds } = await open();
    const { importId, counts } = await importFile(ctx, list);
    expect(counts).toMatchObject({ guestsCreated: 5 });
    const { items } = await listGuests(ctx, { limit: 500 });
    expect(items.map((row) => [row.firstName, row.householdName])).toEqual([
      ['Ana', 'The Almeidas'],
      ['Rui', 'The Almeidas'],
      ['Zoë', 'Müller'],
      ['Tom', 'O’Neil'],
      ['', 'Müller'],
    ]);
    const [ana, , zoe, , open_] = items;
    expect(ana).toMatchObject({ email: 'ana@example.com', phone: '+351912345678' });
    expect(ana?.answers).toEqual({ [eventIds[0] ?? '']: 'yes', [eventIds[1] ?? '']: 'no' });
    expect(zoe?.diets).toEqual([{ code: 'nuts', severity: 'allergy' }]);
    expect(open_?.plusOneOf).toBe(zoe?.id);
    expect((await listTags(ctx)).map((tag) => tag.name)).toEqual(['choir', 'family']);
    expect(await listImports(ctx)).toMatchObject([
      { id: importId, state: 'applied', appliedByName: 'Ines Planner', counts },
    ]);
    const history = await getGuestHistory(ctx, { guestId: ana?.id ?? ('' as never) });
    expect(history.items).toMatchObject([
      { action: 'guests.apply-import', before: null, after: { first_name: 'Ana' } },
    ]);
  });

  it('again changes nothing, not a single row', async () => {
    const { ctx, weddingId } = await open();
    await importFile(ctx, list);
    const before = await everything(weddingId);
    expect(await importFile(ctx, list)).toMatchObject({
      importId: null,
      counts: { guestsUnchanged: 5 },
    });
    expect(await everything(weddingId)).toBe(before);
  });

  it('writes what a later file changes and keeps what was edited by hand', async () => {
    const { ctx } = await open();
    await importFile(ctx, list);
    const [ana, rui] = (await listGuests(ctx, { limit: 500 })).items;
    if (!ana || !rui) throw new Error('no guests');
    await updateGuest(ctx, {
      guestId: ana.id,
      version: ana.version,
      patch: { email: 'ana@hand.example' },
    });
    const later = list
      .replace('ana@example.com', 'ana@file.example')
      .replace('Rui,Almeida,The Almeidas,,', 'Rui,Almeida,The Almeidas,rui@example.com,');
    const preview = await previewImport(ctx, request(later));
    expect(preview.counts).toMatchObject({ guestsUpdated: 1, fieldsHeldBack: 1 });
    await applyImport(ctx, { ...request(later), digest: preview.digest });
    const [after, ruiAfter] = (await listGuests(ctx, { limit: 500 })).items;
    expect([after?.email, ruiAfter?.email]).toEqual(['ana@hand.example', 'rui@example.com']);
  });

  it('refuses when the list changed since the preview', async () => {
    const { ctx, weddingId } = await open();
    const { digest } = await previewImport(ctx, request(list));
    await seedGuest(db.admin, {
      weddingId,
      firstName: 'Ana',
      lastName: 'Almeida',
      email: 'ana@example.com',
    });
    await expect(applyImport(ctx, { ...request(list), digest })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'guests.import-changed',
    });
    expect(await names(ctx)).toEqual(['Ana Almeida']);
  });

  it('from two tabs at once creates everybody once', async () => {
    const { ctx } = await open();
    const { digest } = await previewImport(ctx, request(list));
    const both = await Promise.all(
      [1, 2, 3].map(() => applyImport(ctx, { ...request(list), digest })),
    );
    expect(both.filter((one) => one.importId !== null)).toHaveLength(1);
    expect(await names(ctx)).toHaveLength(5);
  });

  it.each(['guests', 'invitations', 'guest_import_changes', 'audit_log'])(
    'leaves nothing half-written when the disk is full at %s',
    async (table) => {
      const { ctx, weddingId } = await open();
      const before = await everything(weddingId);
      const { digest } = await previewImport(ctx, request(list));
      await db.admin.unsafe(`
        create function public.full_disk() returns trigger language plpgsql as
          $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
        create trigger full_disk after insert on wedding.${table} execute function public.full_disk()`);
      const error = await applyImport(ctx, { ...request(list), digest }).catch(toDomainError);
      await db.admin.unsafe('drop function public.full_disk() cascade');
      expect(error).toMatchObject({ kind: 'unavailable', code: 'db.disk-full' });
      expect(await everything(weddingId)).toBe(before);
      expect(await importFile(ctx, list)).toMatchObject({ counts: { guestsCreated: 5 } });
    },
  );

  it('beyond the plan of the company is refused as a whole', async () => {
    const { ctx } = await open('free');
    const rows = Array.from({ length: 301 }, (_, index) => `Guest${index},Number${index}`);
    const error = await importFile(ctx, `First name,Last name\n${rows.join('\n')}`).catch(
      toDomainError,
    );
    expect(error).toMatchObject({ kind: 'limit' });
    expect(await names(ctx)).toEqual([]);
  });

  it('is refused to viewers, and takes no decision about foreign guests', async () => {
    const { ctx: _, ...place } = await open();
    const other = await open();
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
    const theirs = await seedGuest(db.admin, { weddingId: other.weddingId, firstName: 'Theirs' });
    for (const refused of [
      previewImport(viewer, request(list)),
      listImports(viewer),
      exportGuests(viewer, {}),
    ]) {
      await expect(refused).rejects.toMatchObject({ kind: 'forbidden' });
    }
    const ctx = userContext(db.app, place);
    const { guests } = await previewImport(ctx, request(list));
    const decisions = { merges: [{ key: guests[0]?.key ?? '', intoGuestId: theirs.guestId }] };
    const { digest } = await previewImport(ctx, { ...request(list), decisions });
    const before = await everything(other.weddingId);
    await applyImport(ctx, { ...request(list), decisions, digest });
    expect(await everything(other.weddingId)).toBe(before);
    expect(await names(ctx)).toHaveLength(5);
  });
});

describe('a decision that two entries are one person', () => {
  it('is remembered: the same file does not create the second one later', async () => {
    const { ctx, weddingId } = await open();
    const mine = await seedGuest(db.admin, { weddingId, firstName: 'Annie', lastName: 'Almeida' });
    const preview: GuestImportPreview = await previewImport(ctx, request(list));
    const decisions = {
      merges: [{ key: preview.guests[0]?.key ?? '', intoGuestId: mine.guestId }],
    };
    const { digest } = await previewImport(ctx, { ...request(list), decisions });
    await applyImport(ctx, { ...request(list), decisions, digest });
    expect(await names(ctx)).toHaveLength(5);
    expect(await importFile(ctx, list)).toMatchObject({ importId: null });
  });
});

describe('the export', () => {
  it('comes back unchanged, also when the guests were entered by hand', async () => {
    const { ctx, weddingId } = await open();
    await importFile(ctx, list);
    await seedGuest(db.admin, { weddingId, firstName: '=HYPERLINK("x")', lastName: '@SUM(A1)' });
    const { content, fileName } = await exportGuests(ctx, {});
    expect(fileName).toMatch(/^guests-\d{4}-\d\d-\d\d\.csv$/);
    expect(content).not.toMatch(/(^|[,;\n])"?[=@+-]/m);
    const before = await visible(weddingId);
    expect(await importFile(ctx, content)).toMatchObject({
      importId: null,
      counts: { guests: 6, guestsUnchanged: 6 },
    });
    expect(await visible(weddingId)).toBe(before);
  });

  it('holds the chosen guests only and is written to the history', async () => {
    const { ctx, weddingId } = await open();
    await importFile(ctx, list);
    const [ana] = (await listGuests(ctx, {})).items;
    const { content } = await exportGuests(ctx, { guestIds: ana ? [ana.id] : [] });
    expect(content.trim().split('\r\n')).toHaveLength(2);
    const audit = await db.admin`select after from wedding.audit_log
      where wedding_id = ${weddingId} and action = 'guests.export'`;
    expect(audit).toMatchObject([{ after: { guests: 1 } }]);
  });
});

describe('the demo spreadsheet', () => {
  it('becomes its 183 guests, comes again without change, survives an export, and goes again', async () => {
    const { ctx, weddingId } = await open();
    const before = await visible(weddingId);
    const path = new URL('../fixtures/demo-guest-list.xlsx', import.meta.url);
    const file = { fileName: 'demo.xlsx', content: (await readFile(path)).toString('base64') };
    const { digest, counts } = await previewImport(ctx, file);
    expect(counts.guestsCreated).toBe(183);
    const importId = importIdOf(await applyImport(ctx, { ...file, digest }));
    expect(await names(ctx)).toHaveLength(183);
    const again = await previewImport(ctx, file);
    expect(await applyImport(ctx, { ...file, digest: again.digest })).toMatchObject({
      importId: null,
    });
    const { content } = await exportGuests(ctx, {});
    expect(await importFile(ctx, content)).toMatchObject({ importId: null });
    expect(await undoImport(ctx, { importId })).toMatchObject({
      state: 'undone',
      guestsRemoved: 183,
    });
    expect(await visible(weddingId)).toBe(before);
  });
});

describe('undoing an import', () => {
  it('is refused for one that is unknown, foreign or taken back already', async () => {
    const { ctx } = await open();
    const other = await open();
    const importId = importIdOf(await importFile(ctx, list));
    const gone = { kind: 'not-found' };
    await expect(undoImport(other.ctx, { importId })).rejects.toMatchObject(gone);
    await expect(undoImport(ctx, { importId: newId(ImportId) })).rejects.toMatchObject(gone);
    expect(await undoImport(ctx, { importId })).toEqual({
      state: 'undone',
      guestsRemoved: 5,
      guestsReverted: 0,
      kept: [],
    });
    await expect(undoImport(ctx, { importId })).rejects.toMatchObject({
      code: 'guests.import-undone',
    });
    expect(await names(ctx)).toEqual([]);
    expect(await importFile(ctx, list)).toMatchObject({ counts: { guestsCreated: 5 } });
  });
});
