import { describe, expect, it } from 'vitest';
import { conflictGraph, keepApart } from './colouring.ts';
import { generateLewisCarroll } from './generators.ts';

const ring = (groups: number) =>
  Array.from({ length: groups }, (_, group) => [group, (group + 1) % groups] as const);

describe('keeping groups apart', () => {
  it('takes two tables for an even ring of quarrels and three for an odd one', () => {
    expect(keepApart(conflictGraph(6, ring(6)), 2, 1_000)).toHaveLength(6);
    expect(keepApart(conflictGraph(7, ring(7)), 2, 1_000)).toBe('impossible');
    expect(keepApart(conflictGraph(7, ring(7)), 3, 1_000)).toHaveLength(7);
  });

  it('admits that it does not know where there was too little to try', () => {
    const { apart } = generateLewisCarroll({ groups: 50, tables: 9, density: 0.6, seed: 1 });
    expect(keepApart(conflictGraph(50, apart), 9, 10)).toBe('unknown');
  });

  it('finds the few plans that keep fifty groups apart at six tables', () => {
    const { apart } = generateLewisCarroll({ groups: 50, tables: 6, density: 0.3, seed: 1 });
    const plan = keepApart(conflictGraph(50, apart), 6, 2_000_000);
    if (typeof plan === 'string') throw new Error(plan);
    expect(apart.filter(([a, b]) => plan[a] === plan[b])).toEqual([]);
    expect(Math.max(...plan)).toBeLessThan(6);
  });
});
