import type {
  ColumnChoice,
  ImportGuest,
  ImportHousehold,
  ImportIssue,
} from '@wedsync/contracts/guest-import';
import { HouseholdId } from '@wedsync/contracts/ids';
import { recogniseSide } from '../side.ts';
import { clipValues } from './clip-values.ts';
import {
  fillToSize,
  groupHouseholds,
  type HouseholdDraft,
  householdAddress,
  householdName,
} from './household-groups.ts';
import { guestKey, householdKey, Occurrences } from './keys.ts';
import { providedFields } from './provided-fields.ts';
import { readRow } from './read-row.ts';
import {
  type DraftGuest,
  displayName,
  type RowDraft,
  type RowReader,
  rowReaders,
} from './row-draft.ts';
import { findSkipReason } from './skip-row.ts';
import type { GuestList, ImportContext, ImportTable } from './types.ts';

function reportNoName(reader: RowReader): void {
  const seen = reader.source.cells
    .filter((cell) => cell !== '')
    .slice(0, 3)
    .join(' · ');
  reader.report('error', 'no_name', {
    message: `Row ${reader.source.row} (“${seen.slice(0, 100)}”) names nobody; no guest was made of it.`,
    remedy: 'Fill in a name in this row, or map the column that holds the name, and preview again.',
  });
}

interface RowsRead {
  drafts: RowDraft[];
  withoutGuest: number;
}

function readRows(readers: readonly RowReader[], table: ImportTable): RowsRead {
  const drafts: RowDraft[] = [];
  let withoutGuest = 0;
  let section = '';
  for (const reader of readers) {
    const skip = findSkipReason(reader, table);
    if (skip) {
      withoutGuest++;
      if (skip.kind === 'section') section = skip.label;
      reader.report(skip.kind === 'total' ? 'warning' : 'info', `row_${skip.kind}`, {
        message: skipMessage(
          reader.source.row,
          skip.kind,
          reader.source.cells.find((cell) => cell !== '') ?? '',
        ),
        remedy: 'If it is a guest, fill in another column of the row and preview again.',
      });
      continue;
    }
    const draft = readRow(reader);
    if (draft.guests.length === 0) {
      withoutGuest++;
      reportNoName(reader);
      continue;
    }
    if (section !== '') applySection(draft, section, reader.context);
    drafts.push(draft);
  }
  return { drafts, withoutGuest };
}

function skipMessage(row: number, kind: 'section' | 'total' | 'repeat', text: string): string {
  const what = {
    section: 'is a heading between guests; it became a tag of the guests below it',
    total: 'is a sum; it was not read as a guest',
    repeat: 'repeats the headings; it was not read as a guest',
  };
  return `Row ${row} (“${text.slice(0, 60)}”) ${what[kind]}.`;
}

function applySection(draft: RowDraft, section: string, context: ImportContext): void {
  const side = recogniseSide(section, context.partners);
  for (const { values } of draft.guests) {
    values.side ??= side;
    if (!values.tags.includes(section)) values.tags.push(section);
  }
}

function finishHousehold(
  group: HouseholdDraft,
  occurrence: Occurrences,
  keys: Map<DraftGuest, string>,
): { household: ImportHousehold; guests: DraftGuest[] } {
  const first = group.guests[0];
  const label =
    group.householdId ??
    (group.labelled
      ? group.label
      : (first ? displayName(first.values) : '') || `row ${first?.row ?? 0}`);
  const key = householdKey(label, group.labelled || group.householdId ? 1 : occurrence.next(label));
  const names = new Occurrences();
  for (const guest of group.guests) {
    const host = guest.companionOf;
    const name =
      displayName(guest.values) ||
      guest.values.title ||
      (host ? `companion of ${displayName(host.values)}` : 'unnamed');
    keys.set(guest, guestKey(key, name, names.next(name)));
  }
  return {
    household: {
      key,
      householdId:
        group.householdId === null ? null : (HouseholdId.safeParse(group.householdId).data ?? null),
      values: { name: householdName(group).slice(0, 200), address: householdAddress(group) },
    },
    guests: group.guests,
  };
}

/**
 * Rows → households and guests, with every doubt reported by row and column. Each row that is not
 * blank becomes guests, or is counted in `rowsWithError` and named in an issue.
 * @param mapping what each column means; columns left out are ignored.
 */
export function buildGuestList(
  table: ImportTable,
  mapping: readonly ColumnChoice[],
  context: ImportContext,
): GuestList {
  const issues: ImportIssue[] = [...table.issues];
  const readers = rowReaders(table, mapping, { context, issues });
  const { drafts, withoutGuest } = readRows(readers, table);
  const households: ImportHousehold[] = [];
  const order: { guest: DraftGuest; householdKey: string }[] = [];
  const keys = new Map<DraftGuest, string>();
  const occurrence = new Occurrences();
  for (const group of groupHouseholds(drafts)) {
    fillToSize(group, issues);
    const finished = finishHousehold(group, occurrence, keys);
    households.push(finished.household);
    for (const guest of finished.guests)
      order.push({ guest, householdKey: finished.household.key });
  }
  const byId = new Map(order.map(({ guest }) => [guest.guestId as string | null, guest]));
  const guests = order.map(({ guest, householdKey: household }): ImportGuest => {
    const host = guest.companionOf ?? (guest.companionOfId ? byId.get(guest.companionOfId) : null);
    return {
      key: keys.get(guest) ?? '',
      householdKey: household,
      row: guest.row,
      plusOneOfKey: host ? (keys.get(host) ?? null) : null,
      guestId: guest.guestId,
      version: guest.version,
      values: clipValues(guest.values, guest.row, issues),
    };
  });
  return {
    households,
    guests,
    issues,
    provided: providedFields(mapping),
    rowsRead: table.rows.length,
    rowsWithError: withoutGuest,
  };
}
