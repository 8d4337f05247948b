import { describe, expect, it } from 'vitest';
import { createLogger } from './log.ts';
import { createShutdown } from './shutdown.ts';

const log = createLogger({ service: 'test', level: 'silent' });

function recorder() {
  const exits: number[] = [];
  const order: string[] = [];
  const exit = (code: number) => void exits.push(code);
  return { exits, order, exit };
}

describe('createShutdown', () => {
  it('runs steps one after the other, last registered first', async () => {
    const { order, exits, exit } = recorder();
    const shutdown = createShutdown({ log, exit });
    shutdown.on('pool', () => void order.push('pool'));
    shutdown.on('listener', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('listener');
    });
    await shutdown.run('test');
    expect(order).toEqual(['listener', 'pool']);
    expect(exits).toEqual([0]);
  });

  it('goes on after a step that fails', async () => {
    const { order, exit, exits } = recorder();
    const shutdown = createShutdown({ log, exit });
    shutdown.on('pool', () => void order.push('pool'));
    shutdown.on('broken', () => Promise.reject(new Error('no')));
    await shutdown.run('test', 1);
    expect(order).toEqual(['pool']);
    expect(exits).toEqual([1]);
  });

  it('leaves with an error when the deadline passes', async () => {
    const { exit, exits } = recorder();
    const shutdown = createShutdown({ log, exit, deadlineMs: 20 });
    shutdown.on('stuck', () => new Promise((resolve) => setTimeout(resolve, 60)));
    await shutdown.run('test');
    expect(exits[0]).toBe(1);
  });

  it('runs once however often it is asked, and skips steps taken back', async () => {
    const { order, exit, exits } = recorder();
    const shutdown = createShutdown({ log, exit });
    const takeBack = shutdown.on('gone', () => void order.push('gone'));
    shutdown.on('kept', () => void order.push('kept'));
    takeBack();
    await Promise.all([shutdown.run('one'), shutdown.run('two')]);
    expect(order).toEqual(['kept']);
    expect(exits).toEqual([0]);
  });
});
