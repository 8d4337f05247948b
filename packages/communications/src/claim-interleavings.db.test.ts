import { setTimeout as wait } from 'node:timers/promises';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ledgerOf } from './testing/rig.ts';
import { seedAudience } from './testing/seed-audience.ts';

const db = await createTestDatabase();
const guestsPerRun = 2_500;
const runs = 4;
const claimers = 4;
const actors = 6;

type Act = 'opt_out' | 'withdraw' | 'erase' | 'edit_address' | 'nothing';
interface Guest {
  id: string;
  hash: string;
}
/** What is known to be committed about a guest, and since when the one who did it knows. */
type Done = { act: Act; hash: string; at: number };
type Claimed = { guestId: string; hash: string; askedAt: number };

const acts = fc.constantFrom<Act>('opt_out', 'withdraw', 'erase', 'edit_address', 'nothing');
const plans = fc.array(fc.tuple(acts, acts), { minLength: guestsPerRun, maxLength: guestsPerRun });

/** One act as one statement, so that it is committed when it answers. */
function statementOf(
  { act, guest, newHash }: { act: Exclude<Act, 'nothing'>; guest: Guest; newHash: string },
  weddingId: string,
) {
  const hash = sql`decode(${guest.hash}, 'hex')`;
  switch (act) {
    case 'opt_out':
      return sql`
        insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
        values (${weddingId}, 'email', ${hash}, 'unsubscribed') on conflict do nothing`;
    case 'withdraw':
      return sql`
        insert into wedding.consents (wedding_id, id, guest_id, channel, purpose, status, how,
          recorded_by_kind, at)
        values (${weddingId}, ${newUuid()}, ${guest.id}, 'email', 'relationship', 'withdrawn', 'link',
          'system', now())`;
    case 'erase':
      return sql`
        with gone as (delete from wedding.guest_keys where wedding_id = ${weddingId} and guest_id = ${guest.id})
        update wedding.guests set email_cipher = null, email_hash = null, erased_at = now()
        where wedding_id = ${weddingId} and id = ${guest.id}`;
    case 'edit_address':
      return sql`
        update wedding.guests set email_hash = decode(${newHash}, 'hex')
        where wedding_id = ${weddingId} and id = ${guest.id} and email_cipher is not null`;
    default:
      return act satisfies never;
  }
}

const isBefore = ({ at }: Done, { askedAt }: Claimed) => at < askedAt;

/** What a claim must not have taken, given what was committed before it was asked for. */
function broken(claimed: Claimed, done: readonly Done[]): string | undefined {
  const before = done.filter((one) => isBefore(one, claimed));
  if (before.some(({ act }) => act === 'erase')) return 'erased';
  if (before.some(({ act }) => act === 'withdraw')) return 'consent withdrawn';
  if (before.some(({ act, hash }) => act === 'opt_out' && hash === claimed.hash))
    return 'opted out';
  const edited = done.filter(({ act }) => act === 'edit_address');
  const isNew = edited.some(({ hash }) => hash === claimed.hash);
  if (before.some(({ act }) => act === 'edit_address') && !isNew)
    return 'written to the old address';
  return undefined;
}

async function interleave(plan: readonly (readonly [Act, Act])[]) {
  const { weddingId } = await seedAudience(db.admin, plan.length);
  const messageId = await seedMessage(db.admin, { weddingId, state: 'queued' });
  await db.admin.begin(async (tx) => {
    await tx`select set_config('app.wedding_id', ${weddingId}, true)`;
    await tx`select wedding.expand_message(${weddingId}, ${messageId}, 100000)`;
    await tx`update wedding.messages set state = 'sending' where id = ${messageId}`;
  });
  const guests = await db.admin<Guest[]>`
    select id, encode(email_hash, 'hex') as hash from wedding.guests
    where wedding_id = ${weddingId} order by random()`;
  const claims = { actorKind: 'system', weddingId } as const;
  const done = new Map<string, Done[]>();
  const claimed: Claimed[] = [];
  let next = 0;
  const act = async () => {
    for (let index = next++; index < guests.length; index = next++) {
      const guest = guests[index];
      if (!guest) return;
      const log: Done[] = [];
      done.set(guest.id, log);
      for (const one of plan[index] ?? []) {
        if (one === 'nothing') continue;
        const newHash = newUuid().replaceAll('-', '').repeat(2);
        await db.app.writeOne(claims, statementOf({ act: one, guest, newHash }, weddingId));
        log.push({
          act: one,
          hash: one === 'edit_address' ? newHash : guest.hash,
          at: performance.now(),
        });
      }
    }
  };
  const claim = async () => {
    let misses = 0;
    while (misses < 3) {
      await wait(Math.random() * 20);
      const askedAt = performance.now();
      const rows = await db.worker.writeOne<{
        guest_id: string;
        hash: string;
        state: string;
      }>(
        claims,
        sql`select guest_id, encode(address_hash, 'hex') as hash, state
          from wedding.claim_deliveries(${weddingId}, ${messageId}, 'email', 0, ${newUuid()},
            interval '1 hour', ${1 + Math.floor(Math.random() * 40)})`,
      );
      misses = rows.length === 0 ? misses + 1 : 0;
      for (const row of rows) {
        if (row.state !== 'claimed') continue;
        claimed.push({ guestId: row.guest_id, hash: row.hash, askedAt });
      }
    }
  };
  await Promise.all([
    ...Array.from({ length: actors }, act),
    ...Array.from({ length: claimers }, claim),
  ]);
  const wrong = claimed.flatMap((one) => {
    const what = broken(one, done.get(one.guestId) ?? []);
    return what ? [{ ...one, what }] : [];
  });
  return { claimed, wrong, ledger: await ledgerOf(db, messageId) };
}

it('ten thousand interleavings: what was committed before a claim is honoured by it', async () => {
  let honoured = 0;
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const { claimed, wrong, ledger } = await interleave(plan);
      expect(wrong).toEqual([]);
      expect(new Set(claimed.map(({ guestId }) => guestId)).size).toBe(claimed.length);
      expect(ledger).toMatchObject({ audience: guestsPerRun, ready: 0, claimed: claimed.length });
      expect((ledger.skipped ?? 0) + claimed.length).toBe(guestsPerRun);
      honoured += ledger.skipped ?? 0;
    }),
    { numRuns: runs, endOnFailure: true },
  );
  // Both must happen often, or the order of events was never put to the test.
  expect(honoured).toBeGreaterThan(runs * guestsPerRun * 0.1);
  expect(honoured).toBeLessThan(runs * guestsPerRun * 0.9);
}, 240_000);
