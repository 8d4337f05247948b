import { describe, expect, it } from 'vitest';
import { generateWedding } from '../model/generators.ts';
import { proveInThread } from './prover.ts';

describe('a proof in a thread of its own', () => {
  it('comes back with the optimum', async () => {
    const proof = await proveInThread(generateWedding(40, 8, 2), { budgetMs: 60_000 });
    expect(proof.kind).toBe('optimal');
  }, 60_000);

  it('is ended at once when nobody waits for it any more', async () => {
    const abandoned = AbortSignal.timeout(50);
    const proof = await proveInThread(generateWedding(150, 8, 2), { budgetMs: 600_000 }, abandoned);
    expect(['unknown', 'bounded']).toContain(proof.kind);
  });

  it('reports a problem that cannot be read', async () => {
    const problem = { ...generateWedding(20, 8, 2), apart: [[0, 99] as const] };
    await expect(proveInThread(problem, { budgetMs: 60_000 })).rejects.toThrow('apart 0, 99');
  }, 60_000);
});
