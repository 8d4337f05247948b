import { readFileSync } from 'node:fs';
import { EventId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { applyPlan, idMaker } from '../../../fixtures/apply-plan.ts';
import { demoSheet } from '../../../fixtures/demo-guest-list.ts';
import { writeXlsx } from '../../../fixtures/write-xlsx.ts';
import { buildGuestList } from './build-guest-list.ts';
import { planImport } from './plan-import.ts';
import { readTable } from './read-table.ts';
import { recogniseColumns } from './recognise-columns.ts';
import type { ImportContext } from './types.ts';

const file = readFileSync(new URL('../../../fixtures/demo-guest-list.xlsx', import.meta.url));
const brunch = {
  id: EventId.parse('00000000-0000-7000-8000-0000000000e1'),
  name: 'Brunch',
  kind: 'brunch',
};
const context: ImportContext = { defaultCountry: 'PT', events: [brunch] };
const nothing = { households: [], guests: [] };

async function read() {
  const table = await readTable(file, 'demo-guest-list.xlsx');
  const columns = recogniseColumns(table, context);
  return { columns, list: buildGuestList(table, columns, context) };
}

describe('the demo spreadsheet', () => {
  it('is the one that its script writes', () => {
    expect(Buffer.from(writeXlsx([demoSheet()])).equals(file)).toBe(true);
  });

  it('becomes 183 guests in 71 households, with seven likely duplicates', async () => {
    const { list } = await read();
    const plan = planImport(list, nothing);
    expect(plan.counts).toMatchObject({ guests: 183, guestsCreated: 183, households: 71 });
    expect(plan.households).toHaveLength(71);
    expect(plan.duplicates).toHaveLength(7);
    expect(list.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  });

  it('is recognised column by column without help', async () => {
    const { columns } = await read();
    expect(columns.map((column) => column.field)).toEqual([
      'household',
      'full-name',
      'email',
      'phone',
      'phone',
      'address-street',
      'address-postcode',
      'side',
      'event-invited',
      'notes',
    ]);
  });

  it('shows what is hard about such lists: companions, children, diets, missing contact', async () => {
    const { list } = await read();
    const { counts } = planImport(list, nothing);
    const children = list.guests.filter((guest) => guest.values.ageGroup !== 'adult');
    expect(counts.plusOnes).toBeGreaterThan(40);
    expect(children.length).toBeGreaterThan(20);
    expect(counts.withAllergy).toBeGreaterThan(5);
    expect(counts.withoutContact).toBeGreaterThan(10);
  });

  it('invents its addresses under example domains only', async () => {
    const { list } = await read();
    for (const { values } of list.guests) {
      for (const email of values.emails) expect(email).toMatch(/@example\.(com|org|net)$/);
    }
  });

  it('changes nothing when it is imported again', async () => {
    const { list } = await read();
    const state = applyPlan(planImport(list, nothing), nothing, idMaker());
    const again = planImport((await read()).list, state);
    expect(again.counts).toMatchObject({ guestsCreated: 0, guestsUpdated: 0, fieldsHeldBack: 0 });
    expect(again.households.every((household) => household.action === 'unchanged')).toBe(true);
  });
});
