import type { ImportGuest } from '@wedsync/contracts/guest-import';
import { EventId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import type { CorpusCase } from '../../../fixtures/corpus-case.ts';
import { listCases } from '../../../fixtures/corpus-lists.ts';
import { programCases } from '../../../fixtures/corpus-programs.ts';
import { textCases } from '../../../fixtures/corpus-text.ts';
import { buildGuestList } from './build-guest-list.ts';
import { readTable } from './read-table.ts';
import { recogniseColumns } from './recognise-columns.ts';
import { displayName } from './row-draft.ts';
import type { GuestList, ImportContext } from './types.ts';

const event = (index: number, name: string) => ({
  id: EventId.parse(`00000000-0000-7000-8000-00000000000${index}`),
  name,
  kind: name.toLowerCase(),
});
const events = [event(1, 'Ceremony'), event(2, 'Dinner'), event(3, 'Brunch')];

/** A guest in one line; what is not known is left out. */
function renderGuest({ row, values, plusOneOfKey }: ImportGuest): string {
  const name = [values.title, displayName(values)].filter((part) => part !== '').join(' ') || '?';
  const diets = values.diets.map((diet) => diet.code + (diet.severity === 'allergy' ? '!' : ''));
  const age = values.ageYears === null ? values.ageGroup : `${values.ageGroup} ${values.ageYears}`;
  const invitations = values.invitations
    .filter((invitation) => invitation.invited)
    .map(({ eventId, answer }) => {
      const kind = events.find((other) => other.id === eventId)?.kind ?? '';
      return answer ? `${kind}=${answer}` : kind;
    });
  const parts = [
    `${plusOneOfKey ? '+' : ''}${name}`,
    values.emails.join(','),
    values.phones.join(','),
    diets.join(' '),
    age === 'adult' ? '' : age,
    values.accessibility.join(' '),
    values.side ?? '',
    values.tags.map((tag) => `#${tag}`).join(' '),
    invitations.join(' '),
  ];
  return `${row}: ${parts.filter((part) => part !== '').join(' · ')}`;
}

async function read(file: CorpusCase): Promise<GuestList> {
  const context: ImportContext = { defaultCountry: file.country ?? 'GB', events };
  const table = await readTable(file.bytes, file.fileName);
  return buildGuestList(table, recogniseColumns(table, context), context);
}

const corpus = [...textCases, ...listCases, ...programCases];
const rowOf = (line: string) => line.slice(0, line.indexOf(':'));

/** Rows of a file whose guests are exactly the expected ones. */
function rightRows(file: CorpusCase, list: GuestList): { right: number; total: number } {
  const got = list.guests.map(renderGuest);
  const rows = new Set([...file.guests, ...got].map(rowOf));
  const ofRow = (lines: readonly string[], row: string) =>
    lines.filter((line) => rowOf(line) === row);
  const right = [...rows].filter(
    (row) => String(ofRow(got, row)) === String(ofRow(file.guests, row)),
  );
  return { right: right.length, total: rows.size };
}

describe('the corpus of nasty files', () => {
  it.each(corpus.map((file) => [file.name, file] as const))('reads %s', async (_, file) => {
    const list = await read(file);
    expect(list.guests.map(renderGuest)).toEqual(file.guests);
    expect(list.issues.map((issue) => issue.code)).toEqual(
      expect.arrayContaining([...(file.issues ?? [])]),
    );
  });

  it('loses no row: each becomes guests or is named in an issue', async () => {
    for (const file of corpus) {
      const table = await readTable(file.bytes, file.fileName);
      const list = await read(file);
      const withGuests = new Set(list.guests.map((guest) => guest.row));
      const reported = new Set(list.issues.map((issue) => issue.row));
      for (const { row } of table.rows) {
        expect(withGuests.has(row) || reported.has(row), `${file.name}, row ${row}`).toBe(true);
      }
    }
  });

  it('holds at least 30 files and reads at least 95 % of their rows right without help', async () => {
    let right = 0;
    let total = 0;
    for (const file of corpus) {
      const rows = rightRows(file, await read(file));
      right += rows.right;
      total += rows.total;
    }
    process.stdout.write(`corpus: ${corpus.length} files, ${right} of ${total} rows right\n`);
    expect(corpus.length).toBeGreaterThanOrEqual(30);
    expect(right / total).toBeGreaterThanOrEqual(0.95);
  });
});
