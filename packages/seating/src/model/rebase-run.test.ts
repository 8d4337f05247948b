import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, randomFacts, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { checkPlan, isRule } from './check-plan.ts';
import { seededRandom } from './random.ts';
import { type RunSeat, rebaseRun } from './rebase-run.ts';

const weights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
const since = { weights, touched: new Set<string>() };
const [one, two] = [tableOf({ label: '1', seatCount: 2 }), tableOf({ label: '2', seatCount: 2 })];
const [ann, ben, cleo] = [
  guestOf({ firstName: 'Ann' }),
  guestOf({ firstName: 'Ben' }),
  guestOf({ firstName: 'Cleo' }),
];
const seatAt = (table: typeof one, seatNumber: number) => ({ tableId: table.id, seatNumber });
const place = { guests: [ann, ben, cleo], tables: [one, two] };

describe('a run over a plan that went on', () => {
  it('moves everybody where nothing changed, exchanges of seats included', () => {
    const facts = factsOf({
      ...place,
      seated: [
        [one, [ann]],
        [two, [ben]],
      ],
    });
    const result: RunSeat[] = [
      { guestId: ann.id, from: seatAt(one, 1), to: seatAt(two, 1) },
      { guestId: ben.id, from: seatAt(two, 1), to: seatAt(one, 1) },
      { guestId: cleo.id, from: null, to: seatAt(one, 2) },
    ];
    const { moves, dropped, seats } = rebaseRun(facts, result, since);
    expect(moves).toHaveLength(3);
    expect(dropped).toEqual([]);
    expect(seats).toContainEqual({ guestId: cleo.id, ...seatAt(one, 2) });
  });

  it('gives another chair of the table where the one is taken, and says when the table is full', () => {
    const facts = factsOf({ ...place, seated: [[one, [ben]]] });
    const run = [{ guestId: ann.id, from: null, to: seatAt(one, 1) }];
    expect(rebaseRun(facts, run, since).seats).toContainEqual({
      guestId: ann.id,
      ...seatAt(one, 2),
    });
    const full = factsOf({ ...place, seated: [[one, [ben, cleo]]] });
    expect(rebaseRun(full, run, since).dropped).toMatchObject([
      { name: 'Ann Lee', reason: 'The table is full now.', from: null, to: { tableLabel: '1' } },
    ]);
  });

  it.each([
    ['a lock', { isLocked: true }, 'The seat was locked since.'],
    ['a move by hand', { seatNumber: 2 }, 'Somebody changed this seat since.'],
  ])('lets %s stand', (_, change, reason) => {
    const facts = factsOf({ ...place, seated: [[one, [ann]]] });
    Object.assign(facts.plan.assignments[0] ?? {}, change);
    const run = [{ guestId: ann.id, from: seatAt(one, 1), to: seatAt(two, 1) }];
    const { moves, dropped } = rebaseRun(facts, run, since);
    expect(moves).toEqual([]);
    expect(dropped.map((move) => move.reason)).toEqual([reason]);
  });

  it('lets a guest stay who was moved and moved back', () => {
    const facts = factsOf({ ...place, seated: [[one, [ann]]] });
    const run = [{ guestId: ann.id, from: seatAt(one, 1), to: seatAt(two, 1) }];
    const { moves, dropped } = rebaseRun(facts, run, { weights, touched: new Set([ann.id]) });
    expect(moves).toEqual([]);
    expect(dropped).toMatchObject([{ reason: 'Somebody changed this seat since.' }]);
  });

  it('drops what a rule made since forbids, and what hung on it', () => {
    const relationships = [relationOf('never', [ann, ben])];
    const facts = factsOf({
      ...place,
      relationships,
      seated: [
        [two, [ben]],
        [one, [ann]],
      ],
    });
    const run: RunSeat[] = [
      { guestId: ann.id, from: seatAt(one, 1), to: seatAt(two, 2) },
      { guestId: cleo.id, from: null, to: seatAt(one, 1) },
    ];
    const { moves, dropped, seats } = rebaseRun(facts, run, since);
    expect(dropped.map(({ name, reason }) => [name, reason])).toEqual([
      ['Ann Lee', 'A rule that holds now forbids it.'],
    ]);
    expect(moves.map(({ name }) => name)).toEqual(['Cleo Lee']);
    expect(seats).toContainEqual({ guestId: cleo.id, ...seatAt(one, 2) });
  });

  it('passes over guests who are no longer invited, and frees seats of who declined', () => {
    const declined = { ...ben, answer: 'no' as const };
    const facts = factsOf({
      guests: [ann, declined],
      tables: [one, two],
      seated: [[one, [declined]]],
    });
    const run: RunSeat[] = [
      { guestId: cleo.id, from: null, to: seatAt(two, 1) },
      { guestId: ben.id, from: seatAt(one, 1), to: null },
      { guestId: ann.id, from: null, to: seatAt(one, 1) },
    ];
    const { seats, dropped } = rebaseRun(facts, run, since);
    expect(seats).toEqual([{ guestId: ann.id, ...seatAt(one, 1) }]);
    expect(dropped).toEqual([]);
  });

  it('never seats two on one chair, never moves a lock, never breaks a rule that was kept', () => {
    fc.assert(
      fc.property(fc.nat(9_999), (seed) => {
        const random = seededRandom(seed);
        const facts = randomFacts({ guests: 40, rules: 120, seed, seatedShare: 0.7 });
        const { plan } = facts;
        for (const seat of plan.assignments) if (random() < 0.1) seat.isLocked = true;
        const table = plan.tables[Math.floor(random() * plan.tables.length)];
        if (table) table.isLocked = true;
        const chair = () => plan.seats[Math.floor(random() * plan.seats.length)];
        const result = plan.guests.map(({ id }): RunSeat => {
          const now = plan.assignments.find(({ guestId }) => guestId === id);
          const seen =
            random() < 0.9 && now ? { tableId: now.tableId, seatNumber: now.seatNumber } : null;
          const to = chair();
          return {
            guestId: id,
            from: seen,
            to: to ? { tableId: to.tableId, seatNumber: to.number } : null,
          };
        });
        const { seats } = rebaseRun(facts, result, since);
        expect(
          new Set(seats.map(({ tableId, seatNumber }) => `${tableId} ${seatNumber}`)).size,
        ).toBe(seats.length);
        for (const seat of plan.assignments) {
          if (!seat.isLocked && seat.tableId !== table?.id) continue;
          const { guestId, tableId, seatNumber } = seat;
          expect(seats).toContainEqual({ guestId, tableId, seatNumber });
        }
        expect(seats.filter(({ tableId }) => tableId === table?.id)).toHaveLength(
          plan.assignments.filter(({ tableId }) => tableId === table?.id).length,
        );
        const options = { weights, includesUndecided: true };
        const broken = (plan?: typeof seats) =>
          new Set(
            checkPlan(facts, { ...options, ...(plan ? { seats: plan } : {}) })
              .violations.filter(({ kind }) => isRule(kind) && kind !== 'declined-but-seated')
              .flatMap(({ kind, relationshipId, guestIds }) =>
                guestIds.map((id) => `${kind} ${relationshipId} ${id}`),
              ),
          );
        const before = broken();
        const movedIds = new Set(
          seats
            .filter(
              ({ guestId, tableId }) =>
                plan.assignments.find((seat) => seat.guestId === guestId)?.tableId !== tableId,
            )
            .map(({ guestId }) => guestId),
        );
        for (const key of broken(seats)) {
          const guestId = key.split(' ')[2];
          if ([...movedIds].some((id) => id === guestId)) expect(before.has(key)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
