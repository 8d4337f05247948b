import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MessageId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { sealGuests } from '@wedsync/testing/factories/sealed-guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileJournal } from './adapters/file-journal.ts';
import { claimBatch } from './claim-batch.ts';
import { createRig, ledgerOf, linkSecret, type Place } from './testing/rig.ts';
import type { WorkerOrder } from './testing/worker-process.ts';

const leaseMs = 1_200;
const connectionsMax = 10;
const db = await createTestDatabase();
const sink = await startSmtpSink();
const journalDir = mkdtempSync(join(tmpdir(), 'wedsync-crash-'));
const rig = createRig(db, { smtpUrl: sink.url, journal: openFileJournal(journalDir), leaseMs });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});

async function seedAudience(count: number): Promise<Place> {
  const place = await seedWedding(db.admin);
  const guests = await db.admin<{ id: string; name: string }[]>`
    with homes as (
      insert into wedding.households (wedding_id, id, name)
      select ${place.weddingId}, gen_random_uuid(), 'Household ' || n from generate_series(1, ${count}) n
      returning id, name
    )
    insert into wedding.guests (wedding_id, id, household_id, first_name)
    select ${place.weddingId}, gen_random_uuid(), id, name from homes
    returning id, first_name as name`;
  const emailOf = (name: string) => `${name.toLowerCase().replace(' ', '')}@example.com`;
  await sealGuests(
    db.admin,
    place,
    guests.map(({ id, name }) => ({ id, email: emailOf(name) })),
  );
  return place;
}

function startWorker(place: Place, messageId: MessageId, shards: number[]): ChildProcess {
  const order: WorkerOrder = {
    orgId: place.orgId,
    weddingId: place.weddingId,
    messageId,
    shards,
    databaseUrl: db.url('worker'),
    smtpUrl: sink.url,
    journalDir,
    leaseMs,
    linkSecret,
  };
  const script = fileURLToPath(new URL('testing/worker-process.ts', import.meta.url));
  return spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Kills the worker once the sink has seen `count` e-mails; false where it ended before. */
async function killAt(worker: ChildProcess, count: number): Promise<boolean> {
  const ended = once(worker, 'exit');
  while (sink.arrived.length < count && worker.exitCode === null) await wait(1);
  worker.kill('SIGKILL');
  await ended;
  return worker.signalCode === 'SIGKILL';
}

describe('a worker that is killed while it sends to 500 guests', () => {
  it('loses nobody, doubles nobody, and names the few that are in doubt', async () => {
    const place = await seedAudience(500);
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await rig.expand(place, messageId);

    const killPoints = [40, 130, 260, 390].map((base) => base + Math.floor(Math.random() * 40));
    let kills = 0;
    for (const point of killPoints) {
      if (await killAt(startWorker(place, messageId, [0, 0]), point)) kills++;
      await wait(leaseMs + 100);
      await rig.sweep();
    }
    await rig.send(place, messageId);

    const ledger = await ledgerOf(db, messageId);
    const times = new Map<string, number>();
    for (const { to } of sink.arrived) times.set(to, (times.get(to) ?? 0) + 1);
    const rows = await db.admin<{ address: string; state: string; reason: string | null }[]>`
      select address, state, reason from wedding.deliveries where message_id = ${messageId}`;
    const doubted = rows.filter(({ state }) => state === 'in_doubt');

    expect(kills).toBe(killPoints.length);
    expect([...times.values()].filter((n) => n > 1)).toEqual([]);
    expect(rows.filter(({ state, address }) => state === 'sent' && !times.has(address))).toEqual(
      [],
    );
    expect(ledger).toMatchObject({ audience: 500, ready: 0, claimed: 0, failed: 0, skipped: 0 });
    expect((ledger.sent ?? 0) + (ledger.in_doubt ?? 0)).toBe(500);
    expect(doubted.length).toBeLessThanOrEqual(kills * connectionsMax);
    expect(doubted.every(({ reason }) => reason === 'process_died')).toBe(true);
    const [message] = await db.admin`select state from wedding.messages where id = ${messageId}`;
    expect(message?.state).toBe('sent');
  }, 60_000);
});

describe('a worker that was frozen beyond its lease', () => {
  it('sends nothing more of its batch, and its late results are refused', async () => {
    const place = await seedAudience(3);
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await rig.expand(place, messageId);
    const ref = { weddingId: place.weddingId, messageId, channel: 'email' as const, shard: 0 };
    const ctx = systemContext(db.worker, place);
    const zombie = await claimBatch(ctx, ref, { deps: rig.deps, max: 200 });
    if (!zombie) throw new Error('nothing was claimed');
    expect(zombie.isFresh()).toBe(true);

    await wait(leaseMs + 100);
    expect(zombie.isFresh()).toBe(false);
    await rig.sweep();
    await rig.send(place, messageId);
    const late = zombie.deliveries.map(({ id }) => ({
      id,
      epoch: zombie.epoch,
      state: 'failed',
      reason: 'rejected',
      counts: true,
    }));
    const [answer] = await db.admin`
      select * from wedding.complete_deliveries(${place.weddingId}, ${messageId}, ${db.admin.json(late)})`;
    expect(answer?.accepted).toBe(0);
    expect(await ledgerOf(db, messageId)).toMatchObject({ sent: 3, failed: 0 });
  });

  it('really frozen: a stopped process that wakes sends nobody a second e-mail', async () => {
    const place = await seedAudience(200);
    const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
    await rig.expand(place, messageId);
    const before = sink.arrived.length;
    const worker = startWorker(place, messageId, [0]);
    const ended = once(worker, 'exit');
    while (sink.arrived.length < before + 30 && worker.exitCode === null) await wait(1);
    worker.kill('SIGSTOP');
    await wait(leaseMs + 200);
    await rig.sweep();
    await rig.send(place, messageId);
    worker.kill('SIGCONT');
    await ended;
    await rig.sweep();
    const addresses = sink.arrived.slice(before).map(({ to }) => to);
    expect(new Set(addresses).size).toBe(addresses.length);
    const ledger = await ledgerOf(db, messageId);
    expect((ledger.sent ?? 0) + (ledger.in_doubt ?? 0)).toBe(200);
    expect(ledger).toMatchObject({ ready: 0, claimed: 0 });
  }, 30_000);
});
