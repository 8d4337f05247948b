import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JobContract } from '@wedsync/contracts/job';
import { describe, expect, it } from 'vitest';
import { createHandlers, type HandlerDeps } from './handlers.ts';

const contractsFolder = new URL('../../../packages/contracts/src/', import.meta.url);

const unused = () => {
  throw new Error('no job runs in this test');
};
const deps: HandlerDeps = {
  transport: { name: 'none', connectionsMax: 1, send: unused, close: unused },
  accountMail: { compose: unused, send: unused },
  journal: { owner: 'test', begin: unused, read: unused, close: unused },
  publicUrl: 'http://localhost',
  authSecret: 'a',
  linkSecret: 'b',
  mailFrom: 'test@wedsync.example',
};

const isContract = (value: unknown): value is JobContract =>
  typeof value === 'object' && value !== null && 'payload' in value && 'backoffMs' in value;

async function contractsOfAllFiles(): Promise<JobContract[]> {
  const files = readdirSync(fileURLToPath(contractsFolder)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, contractsFolder).href)),
  );
  return modules.flatMap((module) => Object.values(module).filter(isContract));
}

describe('the map of handlers', () => {
  it('has one handler for every contract of every file, and none besides', async () => {
    const contracts = (await contractsOfAllFiles()).map(({ name }) => name);
    const handled = createHandlers(deps).map(({ contract }) => contract.name);
    expect(contracts.length).toBeGreaterThan(5);
    expect(handled.toSorted()).toEqual(contracts.toSorted());
  });

  it('can start every scheduled job without a payload of its own', async () => {
    for (const { name, schedule, payload } of await contractsOfAllFiles()) {
      if (schedule) expect(payload.safeParse({ v: 1 }).success, name).toBe(true);
    }
  });
});
