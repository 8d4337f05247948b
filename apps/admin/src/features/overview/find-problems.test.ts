import type {
  DatabaseFacts,
  OutboxReading,
  QueueReading,
  ServiceInstance,
} from '@wedsync/contracts/monitoring';
import { describe, expect, it } from 'vitest';
import { findProblems } from './find-problems.ts';

const now = Date.parse('2027-06-05T12:00:00Z');

const service = (name: string, over: Partial<ServiceInstance> = {}): ServiceInstance => ({
  service: name,
  instance: `${name}-1`,
  version: '0.1.0',
  state: 'up',
  startedAt: '2027-06-05T08:00:00Z',
  beatAt: '2027-06-05T11:59:50Z',
  databaseLatencyMs: 1,
  pools: [],
  ...over,
});
const calm: DatabaseFacts = {
  version: '18.4',
  startedAt: '2027-06-01T00:00:00Z',
  sizeBytes: 1,
  connectionsMax: 100,
  connections: [{ role: 'wedsync_app', state: 'idle', connections: 20 }],
  cacheHitRatio: 0.99,
  transactionsCommitted: 1,
  transactionsRolledBack: 0,
  deadlocks: 0,
  oldestTransactionMs: 3,
  migrations: { applied: 5, latest: 'x', latestAt: null, pending: [] },
};
const queue = (failed: number): QueueReading => ({
  queue: 'bulk',
  scheduled: 0,
  pending: 0,
  waiting: 0,
  running: 0,
  failed,
  doneLastHour: 0,
});
const outbox = (lagMs: number): OutboxReading => ({
  pending: 1,
  lagMs,
  scheduled: 0,
  doneLastHour: 0,
  failedLastHour: 0,
  oldest: [],
});
const both = [service('server'), service('worker')];

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('what wants an operator', () => {
  it('is nothing while all is well', () => {
    const readings = { services: both, database: calm, queues: [queue(0)], outbox: outbox(200) };
    expect(findProblems(readings, now)).toEqual([]);
  });

  it('is nothing about parts that could not be read', () => {
    expect(findProblems({}, now)).toEqual([]);
  });

  it('is critical where no process of a service runs', () => {
    const [first] = findProblems({ services: [service('server')] }, now);
    expect(first).toMatchObject({ tone: 'critical', href: '/services' });
    expect(first?.text).toContain('No worker');
  });

  it('names a process that fell silent, but not one that was replaced', () => {
    const silent = service('worker', { state: 'down', beatAt: '2027-06-05T11:55:00Z' });
    const replaced = service('server', { state: 'replaced' });
    const problems = findProblems({ services: [...both, silent, replaced] }, now);
    expect(problems.map(({ text }) => plain(text))).toEqual([
      'The worker worker-1 has been silent for 5 min.',
    ]);
  });

  it('warns of taken connections, waiting migrations and long transactions', () => {
    const crowded = {
      ...calm,
      connections: [{ role: 'wedsync_app', state: 'active', connections: 90 }],
      oldestTransactionMs: 600_000,
      migrations: { ...calm.migrations, pending: ['migrations/0006_seating.sql'] },
    };
    const texts = findProblems({ database: crowded }, now).map(({ text }) => plain(text));
    expect(texts).toEqual([
      '90 of 100 database connections are taken.',
      'One migration has not been applied yet.',
      'A transaction has been open for 10 min; it keeps clean-up from working.',
    ]);
  });

  it('puts a long outbox lag before failed jobs', () => {
    const problems = findProblems({ queues: [queue(2), queue(1)], outbox: outbox(90_000) }, now);
    expect(problems.map(({ tone, text }) => [tone, plain(text)])).toEqual([
      ['critical', 'Jobs wait 1 min 30 s before they reach the queue.'],
      ['caution', '3 jobs have failed for good.'],
    ]);
  });
});
