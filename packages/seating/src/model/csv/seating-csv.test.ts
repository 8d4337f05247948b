import type { SeatingPlan } from '@wedsync/contracts/seating';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hallPlan } from '../../testing/print-plan.ts';
import { planSeatingImport } from './plan-seating-import.ts';
import { readSeatingCsv } from './read-seating-csv.ts';
import { escapeFormula, unescapeFormula, writeSeatingCsv } from './write-seating-csv.ts';

const plan = hallPlan({ guestCount: 60, unseated: 4, difficultEvery: 3 });
const planned = (csv: string, of: SeatingPlan = plan) => planSeatingImport(of, readSeatingCsv(csv));
const tableOf = (move: { to: { tableLabel: string; seatNumber: number } | null } | undefined) =>
  move?.to && `${move.to.tableLabel}/${move.to.seatNumber}`;

describe('an exported plan', () => {
  it('changes nothing when it is imported again, whatever the names', () => {
    expect(planned(writeSeatingCsv(plan))).toEqual({ moves: [], problems: [] });
  });

  it('changes nothing either after a spreadsheet program saved it with semicolons', () => {
    const semicolons = writeSeatingCsv(plan).replace(/"=HYPERLINK\(""x""\)"|,/g, (found) =>
      found === ',' ? ';' : found,
    );
    expect(planned(semicolons)).toEqual({ moves: [], problems: [] });
  });

  it('begins with a byte order mark, and has one row for each guest', () => {
    const csv = writeSeatingCsv(plan);
    expect(csv.startsWith('\ufeffTable,Seat,First name')).toBe(true);
    expect(readSeatingCsv(csv)).toHaveLength(60);
  });

  it('carries no formula', () => {
    expect(writeSeatingCsv(plan)).toContain(`"'=HYPERLINK(""x"")"`);
    fc.assert(
      fc.property(fc.string(), (cell) => {
        expect(unescapeFormula(escapeFormula(cell))).toBe(cell);
        expect(escapeFormula(cell)).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});

describe('reading a file', () => {
  it('finds its columns in other orders, languages and under a title', () => {
    const rows = readSeatingCsv(
      'Sitzplan Samstag\r\n\r\nNachname;Vorname;Tisch;Platz\r\nBerg;Tom;4;2\r\n',
    );
    expect(rows).toEqual([
      expect.objectContaining({
        firstName: 'Tom',
        lastName: 'Berg',
        table: '4',
        seat: '2',
        line: 4,
      }),
    ]);
    const tabs = readSeatingCsv('Guest\tTable name\nBerg, Tom\tTable 4');
    expect(tabs[0]).toMatchObject({ name: 'Berg, Tom', table: 'Table 4' });
  });

  it('says what is missing where it is no such file', () => {
    expect(() => readSeatingCsv('a,b\n1,2')).toThrow(/Its first row reads: a, b/);
    expect(() => readSeatingCsv('')).toThrow(/It is empty/);
  });

  it('refuses more rows than a plan can have', () => {
    const many = Array.from({ length: 5_001 }, (_, index) => `Guest ${index},1`);
    expect(() => readSeatingCsv(['Guest,Table', ...many].join('\n'))).toThrow(/at most 5000/);
  });
});

describe('planning an import', () => {
  const easy = hallPlan({ guestCount: 20, unseated: 2, difficultEvery: 100 });

  it('moves whom the file names and nobody else, to the lowest free seats', () => {
    const { moves, problems } = planned('Guest,Table\nInês Berg,2', easy);
    expect(problems).toEqual([]);
    expect(moves.map((move) => [move.name, tableOf(move)])).toEqual([['Inês Berg', '2/3']]);
  });

  it('lets guests exchange full tables', () => {
    const { moves, problems } = planned(
      'Guest,Table,Seat\nTom Brzeczyszczykiewicz,1,\nInês Berg,1,1\nSofia Costa,Ana & Tom,3',
      easy,
    );
    expect(problems).toEqual([
      { line: 2, message: expect.stringContaining('is not invited to this event') },
    ]);
    expect(moves.map(tableOf)).toEqual(['1/1', 'Ana & Tom/3']);
  });

  it('takes the seat of who stands there without a table', () => {
    const { moves } = planned('Guest,Table\nInes Berg,', easy);
    expect(moves).toEqual([expect.objectContaining({ name: 'Inês Berg', to: null })]);
  });

  it('names each row that cannot be, and why', () => {
    const locked = structuredClone(easy);
    const [first] = locked.assignments;
    if (first) first.isLocked = true;
    const rows = [
      'Guest,Table,Seat',
      'Somebody Else,1,',
      'Inês Berg,Nowhere,',
      'Inês Berg,1,1',
      'Paul Berg,1,99',
      'Paul Berg,1,x',
      'Tom Reis,1,1',
      'Ana Reis,2,',
    ];
    const { moves, problems } = planned(rows.join('\n'), locked);
    expect(moves).toEqual([]);
    expect(
      problems.map(({ line, message }) => [line, message.slice(0, 34)]),
    ).toMatchInlineSnapshot(`
      [
        [
          2,
          "Somebody Else is not invited to th",
        ],
        [
          3,
          "There is no table "Nowhere". The t",
        ],
        [
          4,
          "Inês Berg stands in line 3 already",
        ],
        [
          5,
          "Table 1 has seats 1 to 8, and no s",
        ],
        [
          6,
          "Paul Berg stands in line 5 already",
        ],
        [
          7,
          "Seat 1 of table 1 is Sofia Costa’s",
        ],
        [
          8,
          "Ana Reis is not invited to this ev",
        ],
      ]
    `);
  });

  it('asks for the household where two guests have one name', () => {
    const twins = structuredClone(easy);
    const [one, other] = twins.guests.slice(-2);
    if (!one || !other) throw new Error('no guests');
    Object.assign(one, { firstName: 'Jo', lastName: 'Lee', householdName: 'Lee, Porto' });
    Object.assign(other, { firstName: 'Jo', lastName: 'Lee', householdName: 'Lee, Faro' });
    expect(planned('Guest,Table\nJo Lee,2', twins).problems[0]?.message).toContain(
      '2 guests are called',
    );
    const { moves } = planned('Guest,Household,Table\nJo Lee,"Lee, Faro",2', twins);
    expect(moves.map(({ guestId }) => guestId)).toEqual([other.id]);
  });

  it('never gives a seat twice, whatever the file says', () => {
    const names = easy.guests.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim());
    const row = fc.record({
      name: fc.constantFrom(...names),
      table: fc.constantFrom('', '1', '2', 'Ana & Tom'),
      seat: fc.constantFrom('', '1', '2', '3', '8'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const csv = [
          'Guest,Table,Seat',
          ...rows.map(({ name, table, seat }) => `${name},${table},${seat}`),
        ];
        const { moves } = planned(csv.join('\n'), easy);
        const moved = new Set(moves.map(({ guestId }) => guestId));
        const kept = easy.assignments.filter(({ guestId }) => !moved.has(guestId));
        const seats = [
          ...kept.map(({ tableId, seatNumber }) => `${tableId} ${seatNumber}`),
          ...moves.flatMap(({ to }) => (to ? [`${to.tableId} ${to.seatNumber}`] : [])),
        ];
        expect(new Set(seats).size).toBe(seats.length);
      }),
      { numRuns: 150 },
    );
  });
});
