import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { generateWedding } from '../model/generators.ts';
import { evaluate } from '../model/problem.ts';
import { searchInThreads } from './optimizer.ts';

const problem = generateWedding(100, 8, 7);

describe('a search in threads', () => {
  it('finds the same plan for the same seed and moves, and says what it costs', async () => {
    const options = { seed: 5, lanes: 2, rounds: [50_000, 200_000] };
    const [one, other] = await Promise.all([
      searchInThreads(problem, options).done,
      searchInThreads(problem, options).done,
    ]);
    expect(one).toEqual(other);
    expect(one?.isLegal).toBe(true);
    expect(evaluate(problem, one?.assignment ?? new Int32Array()).cost).toBe(one?.cost);
  });

  it('keeps the best plan when it is cancelled, soon after', async () => {
    const search = searchInThreads(problem, { seed: 1, lanes: 2, rounds: [2_000_000_000] });
    while (search.board.cost === undefined) await setTimeout(20);
    expect(search.board.moves).toBeGreaterThanOrEqual(0);
    search.cancel();
    const at = performance.now();
    const plan = await search.done;
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(plan?.isLegal).toBe(true);
    expect(plan?.cost).toBe(search.board.cost);
  });

  it('is never worse than the plan that it began with', async () => {
    const first = await searchInThreads(problem, { seed: 3, lanes: 1, rounds: [300_000] }).done;
    const again = { seed: 9, lanes: 2, rounds: [1_000], start: first?.assignment };
    const second = await searchInThreads(problem, again).done;
    expect(second?.cost ?? Infinity).toBeLessThanOrEqual(first?.cost ?? 0);
  });

  it('reports a thread that failed', async () => {
    const broken = { ...problem, pairs: undefined as never };
    await expect(
      searchInThreads(broken, { seed: 1, lanes: 1, rounds: [10] }).done,
    ).rejects.toThrow();
  });
});
