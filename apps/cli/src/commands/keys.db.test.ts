import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testPasswords } from '@wedsync/db/testing/test-cluster';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { childEnv } from '@wedsync/platform/env';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { testMasterKey } from '@wedsync/testing/key-ring';
import { beforeAll, describe, expect, it } from 'vitest';

const db = await createTestDatabase();
const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const run = promisify(execFile);
const url = new URL(db.adminUrl);
url.username = '';
url.password = '';
const nextMasterKey = Buffer.alloc(32, 3).toString('base64');

/** What the command prints. */
async function wedsync(args: string[], variables: Record<string, string> = {}): Promise<string> {
  const env = childEnv({
    DATABASE_URL: url.href,
    DATABASE_PASSWORD_WORKER: testPasswords.worker,
    DATABASE_PASSWORD_MONITOR: testPasswords.monitor,
    MASTER_KEY: testMasterKey,
    ...variables,
  });
  const { stdout } = await run(process.execPath, [main, ...args], { env }).catch(
    (error: unknown) => {
      // The doctor's exit code says that something else on this machine is missing.
      if (error instanceof Error && 'stdout' in error && args[0] === 'doctor') {
        return { stdout: String(error.stdout) };
      }
      throw error;
    },
  );
  return stdout;
}
const doctor = async (variables: Record<string, string> = {}) => {
  const { findings } = JSON.parse(await wedsync(['doctor', '--json'], variables));
  return findings.find(({ part }: { part: string }) => part === 'Encryption keys');
};

describe('wedsync keys', () => {
  let weddingId = '';
  beforeAll(async () => {
    ({ weddingId } = await seedWedding(db.admin));
    await seedGuest(db.admin, { weddingId, email: 'ana@example.com' });
  });

  it('lists what each key wraps, and nothing of the keys', async () => {
    const text = await wedsync(['keys', 'list', '--json']);
    const keys = JSON.parse(text);
    const facts = keys.map(
      ({ tier, purpose, wraps }: Record<string, unknown>) => `${tier} ${purpose} ${wraps}`,
    );
    // Ids of one millisecond have no order.
    expect(facts.toSorted()).toEqual([
      'backup wrap 0',
      'data hash 0',
      'data wrap 1',
      'data wrap 2',
      'transport wrap 0',
    ]);
    expect(Object.keys(keys[0])).not.toContain('wrapped');
    expect(await wedsync(['keys', 'list', '--wedding', weddingId])).toContain(weddingId);
  });

  it('asks the worker for new data keys', async () => {
    const out = await wedsync(['keys', 'rotate', '--wedding', weddingId, '--json']);
    expect(JSON.parse(out)).toEqual({ started: 1 });
    const jobs = await db.admin`
      select payload from ops.outbox where job_name = 'privacy.rotate-data-keys'`;
    expect(jobs).toEqual([{ payload: { v: 1, weddingId } }]);
    await expect(wedsync(['keys', 'rotate'])).rejects.toThrow(
      /--wedding <id>, --all, --tier, or --master/,
    );
  });

  it('gives the data tier a new key at once', async () => {
    expect(JSON.parse(await wedsync(['keys', 'rotate', '--tier', '--json']))).toEqual({
      rewrapped: 2,
    });
    const keys = JSON.parse(await wedsync(['keys', 'list', '--json']));
    const facts = keys
      .filter((key: Record<string, unknown>) => key.tier === 'data' && key.weddingId === null)
      .map(({ state, wraps }: Record<string, unknown>) => `${state} ${wraps}`);
    expect(facts.toSorted()).toEqual(['active 2', 'destroyed 0']);
    expect(await wedsync(['keys', 'rotate', '--tier'])).toContain(
      '2 keys of weddings are under it',
    );
  });

  it('changes the master key, and the doctor says at each step what is next', async () => {
    expect(await doctor()).toMatchObject({ status: 'ok' });
    expect(await doctor({ MASTER_KEY: nextMasterKey })).toMatchObject({ status: 'fail' });
    const both = { MASTER_KEY: nextMasterKey, MASTER_KEY_PREVIOUS: testMasterKey };
    expect(await doctor(both)).toMatchObject({ status: 'warn' });
    const out = await wedsync(['keys', 'rotate', '--master', '--json'], both);
    expect(JSON.parse(out)).toEqual({ rewrapped: 3 });
    expect(await doctor({ MASTER_KEY: nextMasterKey })).toMatchObject({ status: 'ok' });
  });
});
