import { MessageId, newId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { gatherReports } from './gather-reports.ts';
import type { DeliveryReport } from './record-delivery-events.ts';

const reportOf = (dedupe: string): DeliveryReport => ({
  messageId: newId(MessageId),
  deliveryPrefix: '0'.repeat(16),
  kind: 'delivered',
  source: 'mail',
  at: '2026-05-01T10:00:00Z',
  dedupe,
});
const namesOf = (reports: readonly DeliveryReport[]) => reports.map(({ dedupe }) => dedupe);

describe('reports that arrive at once', () => {
  it('go together while a statement is under way, in the order in which they came', async () => {
    const statements: (string | undefined)[][] = [];
    const record = gatherReports(async (reports) => {
      statements.push(namesOf(reports));
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => record([reportOf(name)])));
    await record([reportOf('e')]);
    expect(statements).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('are never more in a statement than one may hold', async () => {
    const sizes: number[] = [];
    const record = gatherReports(async (reports) => {
      sizes.push(reports.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
    const many = Array.from({ length: 400 }, (_, index) => reportOf(String(index)));
    await Promise.all([record([reportOf('first')]), ...[1, 2, 3, 4, 5].map(() => record(many))]);
    expect(sizes).toEqual([1, 800, 800, 400]);
  });

  it('do not send each other back: only the bad one hears of the failure', async () => {
    const record = gatherReports(async (reports) => {
      if (namesOf(reports).includes('bad')) throw new Error('refused');
    });
    const answers = await Promise.allSettled(
      ['a', 'bad', 'b'].map((name) => record([reportOf(name)])),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('are each told when nothing can be recorded', async () => {
    const record = gatherReports(async () => {
      throw new Error('the database is away');
    });
    const answers = await Promise.allSettled(['a', 'b'].map((name) => record([reportOf(name)])));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(record([reportOf('later')])).rejects.toThrow('the database is away');
  });
});
