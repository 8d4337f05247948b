import type { GuestId } from '@wedsync/contracts/ids';
import type { RelationshipKind } from '@wedsync/contracts/seating-rules';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedAssignment, seedPlan, seedTable } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import * as room from './index.ts';
import { seededRandom } from './model/random.ts';

const db = await createTestDatabase();
const refusal = (work: Promise<unknown>) => work.then(() => undefined, toDomainError);

/** 60 guests at eight tables by lot, with needs, allergies and rules between them. */
async function drawnPlan(seed: number, kinds: readonly RelationshipKind[]) {
  const random = seededRandom(seed);
  const wedding = await seedWedding(db.admin);
  const { weddingId, ownerId } = wedding;
  const eventId = wedding.eventIds[0] ?? ('' as never);
  const plan = await seedPlan(db.admin, { weddingId, eventId, guests: 60, tables: 6 });
  const where = { weddingId, eventId };
  const extra = [
    await seedTable(db.admin, {
      ...where,
      label: 'K',
      xMm: 5_500,
      yMm: 2_000,
      features: ['near-kitchen', 'step-free'],
    }),
    await seedTable(db.admin, { ...where, label: 'H', shape: 'head', xMm: 18_000, yMm: 13_000 }),
  ];
  const seats = [...plan.tables, ...extra].flatMap(({ seatIds }) => seatIds);
  for (const guestId of plan.guestIds) {
    const [seatId] = seats.splice(Math.floor(random() * seats.length), 1);
    if (seatId) await seedAssignment(db.admin, { ...where, guestId, seatId });
  }
  const pick = () => plan.guestIds[Math.floor(random() * plan.guestIds.length)] ?? ('' as GuestId);
  for (const need of ['wheelchair', 'seat-near-exit', 'quiet-place', 'high-chair'])
    for (let count = 0; count < 6; count++)
      await db.admin`update wedding.guests set accessibility = ${[need]} where id = ${pick()}`;
  for (let count = 0; count < 12; count++)
    await db.admin`update wedding.guests set diets = '[{"code": "nuts", "severity": "allergy"}]' where id = ${pick()}`;
  const ctx = userContext(db.app, { ...wedding, userId: ownerId });
  for (let rule = 0; rule < 60; rule++) {
    const kind = kinds[rule % kinds.length] ?? 'prefer';
    const [one, other] = [pick(), pick()];
    if (one === other) continue;
    const weight = 1 + Math.floor(random() * 10);
    await room
      .createRelationship(ctx, {
        kind,
        weight,
        one: { kind: 'guest', id: one },
        other: { kind: 'guest', id: other },
      })
      .catch(() => undefined);
  }
  return { ...wedding, ...plan, eventId, ctx };
}

interface Finding {
  kind: string;
  relationshipId: string | null;
  guestIds: string[];
}
const keyOf = ({ kind, relationshipId, guestIds }: Finding) =>
  [kind, relationshipId, ...[...guestIds].sort()].join(' ');
const everyKind = ['must', 'prefer', 'avoid', 'never', 'next-to', 'not-next-to'] as const;

describe('the check of a stored plan', () => {
  it('finds what the batch validation of the database finds', async () => {
    for (const seed of [1, 2, 3]) {
      const { ctx, eventId } = await drawnPlan(seed, everyKind);
      const { warnings } = await room.checkSeating(ctx, { eventId });
      const rows = await db.app.read(ctx.claims, (tx) =>
        tx.execute<{ kind: string; relationship_id: string | null; guest_ids: string[] }>(sql`
          select kind, relationship_id, guest_ids
          from wedding.validate_seating_constraints_batch(${eventId})`),
      );
      const found = rows.map((row) =>
        keyOf({ kind: row.kind, relationshipId: row.relationship_id, guestIds: row.guest_ids }),
      );
      const known = warnings.filter(
        ({ kind }) => kind !== 'household-split' && kind !== 'knows-nobody',
      );
      expect(known.length).toBeGreaterThan(20);
      expect(new Set(known.map(keyOf))).toEqual(new Set(found));
    }
  });

  it('counts wishes as the score of the database does, where no rule is broken', async () => {
    const { ctx, eventId, weddingId } = await drawnPlan(7, [
      'prefer',
      'avoid',
      'next-to',
      'not-next-to',
    ]);
    await db.admin`update wedding.guests set accessibility = '{}', diets = '[]' where wedding_id = ${weddingId}`;
    const { happiness, warnings } = await room.checkSeating(ctx, { eventId });
    expect(warnings.filter(({ severity }) => severity === 'rule')).toEqual([]);
    const [row] = await db.app.read(ctx.claims, (tx) =>
      tx.execute<{ score: string }>(
        sql`select wedding.calculate_layout_optimization_score(${eventId}) as score`,
      ),
    );
    expect(Math.abs(Number(row?.score) - (60 + 0.4 * (happiness ?? 0)))).toBeLessThan(0.5);
  });

  it('is for whoever may read the plan, of their own wedding', async () => {
    const [at, foreign] = [await drawnPlan(4, ['prefer']), await seedWedding(db.admin)];
    const { eventId } = at;
    const viewer = userContext(db.app, { ...at, access: { weddingRole: 'viewer' } });
    expect((await room.checkSeating(viewer, { eventId })).revision).toBeGreaterThan(0);
    const stranger = userContext(db.app, foreign);
    expect(await refusal(room.checkSeating(stranger, { eventId }))).toMatchObject({
      kind: 'not-found',
    });
    const bad = { eventId: 'x' as never };
    expect(await refusal(room.checkSeating(viewer, bad))).toMatchObject({ kind: 'invalid' });
  });
});

describe('the explanation of a seat', () => {
  it('names company and what every other table would change', async () => {
    const { ctx, eventId, guestIds } = await drawnPlan(5, ['prefer', 'avoid']);
    const plan = await room.getPlan(ctx, { eventId });
    const guestId = plan?.assignments[0]?.guestId ?? guestIds[0] ?? ('' as never);
    const explained = await room.explainSeat(ctx, { eventId, guestId });
    expect(explained.tableId).toBe(plan?.assignments[0]?.tableId);
    expect(explained.alternatives).toHaveLength((plan?.tables.length ?? 0) - 1);
    const stranger = userContext(db.app, await seedWedding(db.admin));
    expect(await refusal(room.explainSeat(stranger, { eventId, guestId }))).toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('a proposal to repair a plan', () => {
  it('frees the seats of who declined, seats who comes newly and moves few others', async () => {
    const { ctx, eventId, weddingId, guestIds, ownerId } = await drawnPlan(6, ['prefer', 'avoid']);
    await db.admin`update wedding.guests set accessibility = '{}', diets = '[]' where wedding_id = ${weddingId}`;
    const answer = (value: string, ids: readonly string[]) => db.admin`
      update wedding.invitations set answer = ${value}, answered_at = now(), via = 'planner',
        answered_by_kind = 'user', answered_by = ${ownerId}
      where wedding_id = ${weddingId} and guest_id = any(${ids as string[]}::uuid[])`;
    const [gone, fresh] = [guestIds.slice(0, 2), guestIds.slice(2, 4)];
    await room.unassignSeats(ctx, { eventId, guestIds: fresh });
    await answer('yes', guestIds.slice(2));
    await answer('no', gone);
    const run = await room.proposeReflow(ctx, { eventId });
    expect(run).toMatchObject({ state: 'done', mode: 'reflow', error: null });
    const preview = await room.previewRun(ctx, { runId: run.id });
    const moves = new Map(preview.moves.map((move) => [move.guestId, move]));
    for (const id of gone) expect(moves.get(id)).toMatchObject({ to: null });
    for (const id of fresh) expect(moves.get(id)).toMatchObject({ from: null });
    expect(preview.after.cost).toBeLessThan(preview.before.cost);
    await room.applyRun(ctx, { runId: run.id, revision: preview.revision });
    const plan = await room.getPlan(ctx, { eventId });
    expect(plan?.assignments).toHaveLength(58);
    const viewer = userContext(db.app, {
      ...ctx.claims,
      orgId: ctx.orgId ?? '',
      access: { weddingRole: 'viewer' },
    });
    expect(await refusal(room.proposeReflow(viewer, { eventId }))).toMatchObject({
      kind: 'forbidden',
    });
    const audited = await db.admin`
      select 1 from wedding.audit_log where wedding_id = ${weddingId} and action = 'seating.propose-reflow'`;
    expect(audited).toHaveLength(1);
  });
});
