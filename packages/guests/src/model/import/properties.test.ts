import { accessibilityNeeds, answers, guestSides } from '@wedsync/contracts/guest-fields';
import type { ImportGuestValues } from '@wedsync/contracts/guest-import';
import { ageGroups, dietCodes } from '@wedsync/contracts/guest-import';
import { EventId } from '@wedsync/contracts/ids';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { idMaker } from '../../../fixtures/apply-plan.ts';
import { utf8 } from '../../../fixtures/corpus-case.ts';
import { makeLabelledPeople } from '../../../fixtures/labelled-people.ts';
import { writeXlsx } from '../../../fixtures/write-xlsx.ts';
import { mergeDiets } from '../diets.ts';
import { editDistance } from '../similarity.ts';
import { buildGuestList } from './build-guest-list.ts';
import { exportCsv } from './export-csv.ts';
import { rowFingerprint } from './keys.ts';
import { planImport } from './plan-import.ts';
import { readDelimited } from './read-delimited.ts';
import { readTable } from './read-table.ts';
import { recogniseColumns } from './recognise-columns.ts';
import type { Existing, ExistingGuest, ImportContext } from './types.ts';

const events = ['Ceremony', 'Dinner'].map((name, index) => ({
  id: EventId.parse(`00000000-0000-7000-8000-0000000000e${index}`),
  name,
  kind: name.toLowerCase(),
}));
const context: ImportContext = { defaultCountry: 'GB', events };
const nothing: Existing = { households: [], guests: [] };
const runs = { numRuns: 60 };

async function preview(bytes: Uint8Array, existing: Existing = nothing) {
  const table = await readTable(bytes, 'list');
  const list = buildGuestList(table, recogniseColumns(table, context), context);
  return { table, list, plan: planImport(list, existing) };
}

/** Text as the forms accept it: trimmed, no control characters, NFC; formulas and quotes welcome. */
const text = (max: number) =>
  fc
    .string({ unit: fc.constantFrom(...'abZ éü,;"\'=+-@|&()ж1 0\n'), maxLength: max })
    .map((raw) => raw.trim().normalize('NFC'));
const line = (max: number) => text(max).map((raw) => raw.replace(/\s+/g, ' ').trim());
const subset = <T>(list: readonly T[]) => fc.subarray([...list]);

const values: fc.Arbitrary<ImportGuestValues> = fc.record({
  title: line(8),
  firstName: line(20),
  lastName: line(20),
  ageGroup: fc.constantFrom(...ageGroups),
  ageYears: fc.option(fc.integer({ min: 0, max: 99 }), { nil: null }),
  emails: subset(['ann@example.com', 'bob.ray+x@example.org']),
  phones: subset(['+447400123456', '+351912345678', '+442079460018']),
  diets: fc
    .array(
      fc.record({
        code: fc.constantFrom(...dietCodes),
        severity: fc.constantFrom('preference' as const, 'allergy' as const),
      }),
      { maxLength: 4 },
    )
    .map(mergeDiets),
  dietNotes: text(30),
  accessibility: subset(accessibilityNeeds),
  accessibilityNotes: text(30),
  side: fc.option(fc.constantFrom(...guestSides), { nil: null }),
  tags: subset(['Friends', 'Work, London', 'Table 4', 'a|b']),
  notes: text(60),
  invitations: subset(events).chain((some) =>
    fc.tuple(
      ...some.map((event) =>
        fc
          .option(fc.constantFrom(...answers), { nil: null })
          .map((answer) => ({ eventId: event.id, invited: true, answer })),
      ),
    ),
  ),
});

describe('an export and its import', () => {
  it('are a round trip for any guests', async () => {
    const guests = fc.array(values, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(guests, line(20), async (all, household) => {
        const ids = idMaker();
        const householdId = ids.household();
        const address = {
          street: '1 High St',
          city: 'Leeds',
          region: '',
          postcode: '',
          country: '',
        };
        const home = {
          householdId,
          values: { name: household || 'Home', address },
          imported: null,
        };
        const people = all.map(
          (one): ExistingGuest => ({
            guestId: ids.guest(),
            householdId,
            version: 3,
            values: one,
            plusOneOfId: null,
            imported: null,
          }),
        );
        const csv = exportCsv(
          people.map((guest) => ({ ...guest, household: home.values })),
          events,
        );
        const { plan } = await preview(utf8(csv), { households: [home], guests: people });
        expect(plan.guests.flatMap((guest) => [...guest.changes, ...guest.heldBack])).toEqual([]);
        expect(plan.counts).toMatchObject({
          guestsCreated: 0,
          guestsUpdated: 0,
          guestsUnchanged: all.length,
        });
      }),
      runs,
    );
  }, 60_000);
});

describe('any file', () => {
  const word = fc.constantFrom(
    'Ann',
    'Lee',
    'Smith',
    '+1',
    '&',
    'and',
    ',',
    '(5)',
    'Mr',
    'family',
    'The',
    'x',
    '=1+1',
    '7',
    '"',
    'é',
    'ann@example.com',
    '07400123456',
    'vegan',
    'Total',
    'Guest',
  );
  const cell = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 12,
  });

  it('loses no row: each that is not blank becomes guests or is named in an issue', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (body) => {
        const csv = Papa.unparse([['Name', 'Email', 'Notes'], ...body, ['Last Guest', '', '']]);
        const { table, list } = await preview(utf8(csv));
        const filled = body.filter((cells) => cells.some((one) => one.trim() !== ''));
        expect(table.rows).toHaveLength(filled.length + 1);
        const seen = new Set(list.guests.map((guest) => guest.row));
        const reported = new Set(list.issues.map((issue) => issue.row));
        for (const { row } of table.rows) expect(seen.has(row) || reported.has(row)).toBe(true);
        expect(new Set(list.guests.map((guest) => guest.key)).size).toBe(list.guests.length);
      }),
      runs,
    );
  }, 60_000);

  it('is read as another CSV reader reads it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(text(12), { minLength: 2, maxLength: 4 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (table) => {
          const quoted = Papa.unparse(table, { newline: '\n', quotes: true });
          expect(readDelimited(quoted, ',').records).toEqual(
            Papa.parse(quoted, { delimiter: ',' }).data,
          );
        },
      ),
    );
  });

  it('has the same fingerprint for the same row, and another for another', () => {
    const [none, one] = [[], ['']].map((cells) => rowFingerprint({ row: 0, cells }));
    expect(none).not.toBe(one);
    fc.assert(
      fc.property(fc.array(cell), fc.array(cell), (left, right) => {
        const same = JSON.stringify(left) === JSON.stringify(right);
        const [a, b] = [left, right].map((cells, row) => rowFingerprint({ row, cells }));
        expect(a === b).toBe(same);
      }),
    );
  });
});

describe('edit distance', () => {
  it('is symmetric, and zero only for equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), (a, b) => {
        expect(editDistance(a, b, 20)).toBe(editDistance(b, a, 20));
        expect(editDistance(a, b, 20) === 0).toBe(a === b);
      }),
    );
  });
});

describe('a list of 2,000 rows', () => {
  const { left } = makeLabelledPeople(21, 4_000);
  const people = left.slice(0, 2_000);
  const table = [
    ['Name', 'E-mail', 'Mobile', 'Diet', 'Plus one', 'Notes', 'Dinner'],
    ...people.map((one, index) => [
      `${one.firstName} ${one.lastName}`,
      one.emails[0] ?? '',
      `07400 ${100_000 + index}`,
      index % 5 ? '' : 'vegan',
      '',
      index % 7 ? '' : 'allergic to nuts',
      'yes',
    ]),
  ];

  it.each([
    ['CSV', () => utf8(Papa.unparse(table))],
    ['XLSX', () => writeXlsx([{ name: 'Guests', rows: table }])],
  ])(
    'is previewed against 2,000 existing guests from %s',
    async (format, write) => {
      const ids = idMaker();
      const householdId = ids.household();
      const bytes = write();
      const first = await preview(bytes);
      const home = {
        householdId,
        values: first.plan.households[0]?.values ?? {
          name: '',
          address: { street: '', city: '', region: '', postcode: '', country: '' },
        },
        imported: null,
      };
      const guests = first.plan.guests.map(
        (guest): ExistingGuest => ({
          guestId: ids.guest(),
          householdId,
          version: 1,
          values: guest.values,
          plusOneOfId: null,
          imported: null,
        }),
      );
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const started = performance.now();
        await preview(bytes, { households: [home], guests });
        times.push(Math.round(performance.now() - started));
      }
      process.stdout.write(
        `preview of 2,000 rows against 2,000 guests, ${format}: ${times.join(', ')} ms\n`,
      );
      expect(first.plan.counts.guests).toBe(people.length);
    },
    120_000,
  );
});
