import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('let in as many as there is room for, and the others in line', async () => {
    const slots = new Slots(2);
    const entered: number[] = [];
    const enter = async (visitor: number) => {
      await slots.take();
      entered.push(visitor);
    };
    const all = Promise.all([1, 2, 3, 4].map(enter));
    await Promise.resolve();
    expect(entered).toEqual([1, 2]);
    slots.giveBack();
    slots.giveBack();
    await all;
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it('are free again once everybody has left', () => {
    const slots = new Slots(1);
    expect(slots.take()).toBeUndefined();
    slots.giveBack();
    expect(slots.take()).toBeUndefined();
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('are taken without waiting only where there is room', () => {
    const slots = new Slots(1);
    expect(slots.tryTake()).toBe(true);
    expect(slots.tryTake()).toBe(false);
    slots.giveBack();
    expect(slots.tryTake()).toBe(true);
  });
});
