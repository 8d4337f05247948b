import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { startLeanSmtpSink } from '@wedsync/testing/lean-smtp-sink';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileJournal } from './adapters/file-journal.ts';
import { claimBatch } from './claim-batch.ts';
import { killRepeatedly, prepareCampaign } from './testing/campaign.ts';
import { createRig, ledgerOf } from './testing/rig.ts';
import { seedAudience } from './testing/seed-audience.ts';

const leaseMs = 1_200;
const connectionsMax = 10;
const db = await createTestDatabase();
const sink = await startLeanSmtpSink();
const journalDir = mkdtempSync(join(tmpdir(), 'wedsync-crash-'));
const rig = createRig(db, { smtpUrl: sink.url, journal: openFileJournal(journalDir), leaseMs });
afterAll(async () => {
  await rig.close();
  await sink.stop();
});

const small = { leaseMs, connectionsMax, sweepEveryMs: 200 };

describe('a worker that is killed while it sends', () => {
  it('loses nobody, doubles nobody, and names the few that are in doubt', async () => {
    const campaign = await prepareCampaign(db, { guests: 1_500, ...small });
    campaign.sink.rules.delayMs = () => 4;
    const kills = await killRepeatedly(db, campaign, { kills: 4 });
    const result = await campaign.reconcile();
    await campaign.stop();
    expect(kills).toHaveLength(4);
    expect(Math.max(...kills.map(({ recoveryMs }) => recoveryMs))).toBeLessThan(20_000);
    expect(result).toMatchObject({
      audience: 1_500,
      others: 0,
      duplicates: 0,
      lost: 0,
      state: 'sent',
    });
    expect(result.sent + result.inDoubt).toBe(1_500);
    // A process holds one e-mail per connection at most.
    expect(result.inDoubt).toBeLessThanOrEqual(4 * connectionsMax);
  }, 120_000);
});

/**
 * What a power cut leaves of a folder that was never forced to disk: another start of the machine,
 * journals without their ends, and one that is gone.
 */
function cutPower(dir: string): void {
  const names = readdirSync(dir);
  for (const name of names.filter((one) => one.endsWith('.owner'))) {
    writeFileSync(join(dir, name), 'an earlier start of this machine');
  }
  for (const [index, name] of names.filter((one) => one.endsWith('.journal')).entries()) {
    const path = join(dir, name);
    if (index === 0) rmSync(path);
    else truncateSync(path, Math.floor(statSync(path).size / 2));
  }
}

describe('a machine that is lost while its worker sends', () => {
  it('doubles nobody: what its journal cannot prove any more is in doubt', async () => {
    const campaign = await prepareCampaign(db, { guests: 1_500, ...small });
    campaign.sink.rules.delayMs = () => 4;
    const worker = campaign.startWorker();
    await campaign.arrived(300, worker);
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    cutPower(campaign.journalDir);
    await campaign.finish();
    const result = await campaign.reconcile();
    await campaign.stop();
    expect(result).toMatchObject({
      audience: 1_500,
      others: 0,
      duplicates: 0,
      lost: 0,
      state: 'sent',
    });
    expect(result.sent + result.inDoubt).toBe(1_500);
    // It did tear something: more than a killed process leaves, and no more than was claimed.
    expect(result.inDoubt).toBeGreaterThan(connectionsMax);
    expect(result.inDoubt).toBeLessThanOrEqual(1_200);
  }, 60_000);
});

describe('a worker that was frozen beyond its lease', () => {
  it('sends nothing more of its batch, and its late results are refused', async () => {
    const place = await seedAudience(db.admin, 3);
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
    const campaign = await prepareCampaign(db, { guests: 400, ...small });
    campaign.sink.rules.delayMs = () => 10;
    const zombie = campaign.startWorker();
    await campaign.arrived(60, zombie);
    zombie.kill('SIGSTOP');
    await wait(leaseMs + 200);
    await campaign.finish();
    zombie.kill('SIGCONT');
    await wait(2_000);
    const result = await campaign.reconcile();
    await campaign.stop();
    expect(result).toMatchObject({
      audience: 400,
      others: 0,
      duplicates: 0,
      lost: 0,
      state: 'sent',
    });
    expect(result.sent + result.inDoubt).toBe(400);
    expect(result.inDoubt).toBeLessThanOrEqual(connectionsMax);
  }, 60_000);
});
