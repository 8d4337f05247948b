import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMasterKey } from '../encryption/master-key.ts';
import { loadEnv } from '../env.ts';
import { embeddedSecrets, secretVariables } from './secrets.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-secrets-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('embeddedSecrets', () => {
  it('makes secrets once, readable by the owner alone', async () => {
    const file = join(dir, 'deep', 'secrets.json');
    const first = await embeddedSecrets(file);
    expect(await embeddedSecrets(file)).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const all = [...Object.values(first.passwords), first.AUTH_SECRET, first.LINK_SECRET];
    expect(new Set(all).size).toBe(all.length);
  });

  it('adds the master key to a file that is older than encryption, and keeps the rest', async () => {
    const file = join(dir, 'secrets.json');
    const { MASTER_KEY: _, ...early } = await embeddedSecrets(file);
    await writeFile(file, JSON.stringify(early));
    const completed = await embeddedSecrets(file);
    expect(completed).toMatchObject(early);
    expect(isMasterKey(completed.MASTER_KEY)).toBe(true);
    expect(await embeddedSecrets(file)).toEqual(completed);
  });

  it('refuses a damaged file instead of replacing what links depend on', async () => {
    const file = join(dir, 'secrets.json');
    await writeFile(file, '{"AUTH_SECRET":');
    await expect(embeddedSecrets(file)).rejects.toThrow(/is damaged/);
  });

  it('hands a process only the passwords of its roles', async () => {
    const secrets = await embeddedSecrets(join(dir, 'secrets.json'));
    const env = loadEnv(secretVariables(secrets, ['worker']));
    expect(env.DATABASE_PASSWORD_WORKER).toBe(secrets.passwords.worker);
    expect(env.DATABASE_PASSWORD_OWNER).toBeUndefined();
  });
});
