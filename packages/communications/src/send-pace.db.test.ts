import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { startLeanSmtpSink } from '@wedsync/testing/lean-smtp-sink';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createRig, ledgerOf } from './testing/rig.ts';
import { seedAudience } from './testing/seed-audience.ts';

const db = await createTestDatabase();
const sink = await startLeanSmtpSink();
// Two processes' worth of everything: their own connections, journal and clock of slots.
const workers = [
  createRig(db, { smtpUrl: sink.url }),
  createRig(db, { smtpUrl: sink.url }),
] as const;
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await sink.stop();
});
beforeEach(() => {
  sink.arrived.clear();
  sink.times.length = 0;
});

const setRate = (scope: string, perSecond: number) =>
  db.admin`
    insert into ops.send_rates (scope, per_second) values (${scope}, ${perSecond})
    on conflict (scope) do update set per_second = excluded.per_second, next_at = '-infinity'`;

/** The most that ever arrived within any window of this length, over all positions of the window. */
function busiest(times: readonly number[], windowMs: number): number {
  let most = 0;
  let from = 0;
  for (const [index, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - windowMs) from++;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe('a rate', () => {
  it.each([
    { perSecond: 14, guests: 70 },
    { perSecond: 500, guests: 2_500 },
  ])(
    'of $perSecond a second is kept by two workers together and never exceeded',
    async (given) => {
      const { perSecond, guests } = given;
      const place = await seedAudience(db.admin, guests);
      const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
      await workers[0].expand(place, messageId);
      await setRate('provider:smtp', perSecond);
      await Promise.all(workers.map((worker) => worker.send(place, messageId)));
      await workers[0].send(place, messageId);
      await db.admin`delete from ops.send_rates`;
      expect(await ledgerOf(db, messageId)).toMatchObject({ sent: guests });
      expect(busiest(sink.times, 1_000)).toBeLessThanOrEqual(perSecond);
      const seconds = ((sink.times.at(-1) ?? 0) - (sink.times[0] ?? 0)) / 1_000;
      // What a loaded machine misses is lost, so the lower bound is generous here; the bench has the exact one.
      expect(guests / seconds).toBeGreaterThan(perSecond * 0.5);
    },
    60_000,
  );

  it('of a company holds beside that of the provider', async () => {
    const place = await seedAudience(db.admin, 30);
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await workers[0].expand(place, messageId);
    await setRate('provider:smtp', 1_000);
    await setRate(`org:${place.orgId}`, 10);
    await workers[0].send(place, messageId);
    await db.admin`delete from ops.send_rates`;
    expect(busiest(sink.times, 1_000)).toBeLessThanOrEqual(10);
    expect(sink.arrived.size).toBe(30);
  }, 60_000);
});

describe('reserved slots', () => {
  it('follow each other without overlap, whoever asks and for however many', async () => {
    await setRate('provider:test', 100);
    const place = await seedAudience(db.admin, 1);
    const claims = { actorKind: 'system', weddingId: place.weddingId } as const;
    const counts = Array.from({ length: 60 }, (_, index) => 1 + (index % 7));
    const blocks = await Promise.all(
      counts.map(async (count) => {
        const [row] = await db.worker.writeOne<{ at: number; interval_ms: number }>(
          claims,
          sql`select first_in_ms + extract(epoch from clock_timestamp())::float8 * 1000 as at, interval_ms
            from ops.reserve_send_slots('provider:test', ${count})`,
        );
        return { from: row?.at ?? 0, until: (row?.at ?? 0) + count * (row?.interval_ms ?? 0) };
      }),
    );
    blocks.sort((left, right) => left.from - right.from);
    for (const [index, { from }] of blocks.entries()) {
      // A millisecond of slack: the two clock readings of a row are not the same instant.
      if (index > 0) expect(from).toBeGreaterThan((blocks[index - 1]?.until ?? 0) - 2);
    }
    const sum = counts.reduce((total, count) => total + count, 0);
    expect((blocks.at(-1)?.until ?? 0) - (blocks[0]?.from ?? 0)).toBeCloseTo(sum * 10.15, -2);
  });

  it('are not given for a scope without a limit', async () => {
    const rows = await db.worker.writeOne(
      { actorKind: 'system' },
      sql`select * from ops.reserve_send_slots('provider:unlimited', 5)`,
    );
    expect(rows).toEqual([]);
  });
});
