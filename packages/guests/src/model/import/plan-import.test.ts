import { EventId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { applyPlan, idMaker } from '../../../fixtures/apply-plan.ts';
import { utf8 } from '../../../fixtures/corpus-case.ts';
import { buildGuestList } from './build-guest-list.ts';
import { exportCsv } from './export-csv.ts';
import { planImport } from './plan-import.ts';
import { readTable } from './read-table.ts';
import { recogniseColumns } from './recognise-columns.ts';
import type { Existing, ImportContext } from './types.ts';

const dinner = {
  id: EventId.parse('00000000-0000-7000-8000-0000000000e1'),
  name: 'Dinner',
  kind: 'dinner',
};
const context: ImportContext = { defaultCountry: 'GB', events: [dinner] };
const nothing: Existing = { households: [], guests: [] };

async function read(csv: string) {
  const table = await readTable(utf8(csv), 'list.csv');
  return buildGuestList(table, recogniseColumns(table, context), context);
}

const file = [
  'Household,Name,Email,Phone,Diet,Notes',
  'Smith,John & Jane Smith +1,john@example.com,07400 123456,vegan,old friends',
  'Lee,Ann Lee,ann@example.com,,,',
  'Lee,Bob Lee,,,,allergic to nuts',
  ',Cy Fox,,07400 123457,,',
].join('\n');

async function imported(csv = file) {
  const ids = idMaker();
  const state = applyPlan(planImport(await read(csv), nothing), nothing, ids);
  return { state, ids };
}

const named = (state: Existing, firstName: string) => {
  const guest = state.guests.find((other) => other.values.firstName === firstName);
  if (!guest) throw new Error(`no guest ${firstName}`);
  return guest;
};

/** The state after a person changed one guest by hand. */
const editedByHand = (state: Existing, firstName: string, change: object): Existing => ({
  ...state,
  guests: state.guests.map((guest) =>
    guest.values.firstName === firstName
      ? { ...guest, version: guest.version + 1, values: { ...guest.values, ...change } }
      : guest,
  ),
});

describe('importing a list again', () => {
  it('changes nothing when the file is the same', async () => {
    const { state } = await imported();
    const again = planImport(await read(file), state);
    expect(again.counts).toMatchObject({
      guestsCreated: 0,
      guestsUpdated: 0,
      guestsUnchanged: 6,
      fieldsHeldBack: 0,
    });
    expect(again.households.every((household) => household.action === 'unchanged')).toBe(true);
    expect(again.duplicates).toEqual([]);
    expect(again.missing).toEqual([]);
  });

  it('updates exactly the field whose cell changed', async () => {
    const { state } = await imported();
    const plan = planImport(await read(file.replace('ann@example.com', 'ann@example.org')), state);
    const changed = plan.guests.filter((guest) => guest.action === 'update');
    expect(changed.map((guest) => guest.changes)).toEqual([
      [{ field: 'emails', from: 'ann@example.com', to: 'ann@example.org' }],
    ]);
  });

  it('follows a corrected name instead of adding a guest', async () => {
    const { state } = await imported(file.replace('Cy Fox', 'Cyprian Whitfeild'));
    const plan = planImport(await read(file.replace('Cy Fox', 'Cyprian Whitfield')), state);
    expect(plan.counts).toMatchObject({ guestsCreated: 0, guestsUpdated: 1 });
    expect(plan.missing).toEqual([]);
  });

  it('gives an unnamed companion the name that the file now has', async () => {
    const { state } = await imported('Name,Plus one\nAnn Lee,yes');
    const plan = planImport(await read('Name,Plus one\nAnn Lee,Bob Ray'), state);
    expect(plan.counts).toMatchObject({ guestsCreated: 0, guestsUpdated: 1, guests: 2 });
  });

  it('keeps what was edited by hand, and does not report it while the file is unchanged', async () => {
    const { state } = await imported();
    const edited = editedByHand(state, 'Ann', {
      notes: 'sits near the door',
      emails: ['new@example.com'],
    });
    const plan = planImport(await read(file), edited);
    expect(plan.counts).toMatchObject({ guestsUpdated: 0, fieldsHeldBack: 0 });
  });

  it('holds back a field that both hand and file changed, unless the person decides for the file', async () => {
    const { state } = await imported();
    const edited = editedByHand(state, 'Ann', { emails: ['hand@example.com'] });
    const list = await read(file.replace('ann@example.com', 'file@example.com'));
    const plan = planImport(list, edited);
    const ann = plan.guests.find((guest) => guest.values.firstName === 'Ann');
    expect(ann?.values.emails).toEqual(['hand@example.com']);
    expect(ann?.heldBack).toEqual([
      { field: 'emails', from: 'hand@example.com', to: 'file@example.com' },
    ]);
    const overwrites = [{ key: ann?.key ?? '', field: 'emails' }];
    const decided = planImport(list, edited, { merges: [], overwrites });
    expect(decided.guests.find((guest) => guest.key === ann?.key)?.values.emails).toEqual([
      'file@example.com',
    ]);
  });

  it('leaves fields alone that the new file has no column for', async () => {
    const { state } = await imported();
    const plan = planImport(await read('Household,Name,Email\nLee,Bob Lee,bob@example.com'), state);
    const bob = plan.guests.find((guest) => guest.values.firstName === 'Bob');
    expect(bob?.changes.map((change) => change.field)).toEqual(['emails']);
    expect(bob?.values.diets).toEqual([{ code: 'nuts', severity: 'allergy' }]);
  });

  it('names guests that the file no longer has and removes nobody', async () => {
    const { state } = await imported();
    const plan = planImport(await read(file.split('\n').slice(0, -1).join('\n')), state);
    expect(plan.missing.map((guest) => guest.name)).toEqual(['Cy Fox']);
  });

  it('keeps an answer that a guest gave since the last import', async () => {
    const csv = 'Name,Dinner invited\nAnn Lee,yes\nBob Ray,yes';
    const { state } = await imported(csv);
    const answered = [{ eventId: dinner.id, invited: true, answer: 'yes' as const }];
    const plan = planImport(await read(csv), editedByHand(state, 'Ann', { invitations: answered }));
    expect(plan.counts).toMatchObject({ guestsUpdated: 0, fieldsHeldBack: 0 });
    expect(plan.guests[0]?.values.invitations).toEqual(answered);
  });
});

describe('duplicates in an import', () => {
  const twice =
    'Name,Email\nRobert Whitfield,bob@example.com\nAnn Lee,\nBob Whitfield,bob@example.com';

  it('are proposed with both rows and merged only by decision', async () => {
    const list = await read(twice);
    const plan = planImport(list, nothing);
    expect(plan.counts.guests).toBe(3);
    expect(plan.duplicates).toHaveLength(1);
    expect(plan.duplicates[0]).toMatchObject({ left: { row: 4 }, right: { row: 2 } });
    const merges = [
      {
        key: plan.duplicates[0]?.left.key ?? '',
        intoKey: plan.duplicates[0]?.right.key ?? '',
        intoGuestId: null,
      },
    ];
    const merged = planImport(list, nothing, { merges, overwrites: [] });
    expect(merged.counts).toMatchObject({ guests: 2, guestsCreated: 2 });
  });

  it('stay merged when the file is imported again', async () => {
    const list = await read(twice);
    const [pair] = planImport(list, nothing).duplicates;
    const merges = [
      { key: pair?.left.key ?? '', intoKey: pair?.right.key ?? '', intoGuestId: null },
    ];
    const state = applyPlan(
      planImport(list, nothing, { merges, overwrites: [] }),
      nothing,
      idMaker(),
    );
    const again = planImport(await read(twice), state);
    expect(again.counts).toMatchObject({ guestsCreated: 0, guestsUpdated: 0, guestsUnchanged: 2 });
    expect(again.duplicates).toEqual([]);
  });

  it('of guests entered by hand are proposed, and filled in when merged', async () => {
    const { state } = await imported('Name,Phone\nRobert Whitfield,07400 123456');
    const byHand: Existing = {
      ...state,
      guests: state.guests.map((guest) => ({ ...guest, imported: null })),
    };
    const list = await read('Name,Phone,Email\nBob Whitfield,07400 123456,bob@example.com');
    const [pair] = planImport(list, byHand).duplicates;
    expect(pair?.right.guestId).toBe(named(state, 'Robert').guestId);
    const merges = [
      { key: pair?.left.key ?? '', intoGuestId: pair?.right.guestId ?? null, intoKey: null },
    ];
    const plan = planImport(list, byHand, { merges, overwrites: [] });
    expect(plan.guests[0]).toMatchObject({
      action: 'update',
      values: { emails: ['bob@example.com'] },
    });
    expect(plan.guests[0]?.heldBack.map((change) => change.field)).toEqual(['firstName']);
  });
});

describe('an export', () => {
  const toExport = (state: Existing) =>
    exportCsv(
      state.guests.map((guest) => ({
        ...guest,
        household: state.households.find((household) => household.householdId === guest.householdId)
          ?.values ?? {
          name: '',
          address: { street: '', city: '', region: '', postcode: '', country: '' },
        },
      })),
      context.events,
    );

  it('plans no change when it is imported unchanged', async () => {
    const { state } = await imported();
    const plan = planImport(await read(toExport(state)), state);
    expect(plan.guests.flatMap((guest) => [...guest.changes, ...guest.heldBack])).toEqual([]);
    expect(plan.counts).toMatchObject({ guestsCreated: 0, guestsUpdated: 0, rowsWithError: 0 });
  });

  it('edited in a spreadsheet, updates what was edited, also clearing', async () => {
    const { state } = await imported();
    const csv = toExport(state).replace('ann@example.com', '');
    const plan = planImport(await read(csv), state);
    expect(
      plan.guests.filter((guest) => guest.action === 'update').map((guest) => guest.changes),
    ).toEqual([[{ field: 'emails', from: 'ann@example.com', to: '' }]]);
  });

  it('escapes what a spreadsheet would run as a formula', async () => {
    const { state } = await imported();
    const csv = toExport(
      editedByHand(state, 'Ann', { firstName: '=cmd|x', notes: '@SUM(1)', lastName: '-1+2' }),
    );
    expect(csv).toContain("'=cmd|x");
    expect(csv).toContain("'@SUM(1)");
    expect(csv).toContain("'-1+2");
    expect(csv).toContain("'+447400123456");
    // Excel in Japanese reads the full-width sign as well.
    expect(toExport(editedByHand(state, 'Ann', { firstName: '＝1+1' }))).toContain("'＝1+1");
    expect(csv.startsWith('\ufeff')).toBe(true);
  });
});
