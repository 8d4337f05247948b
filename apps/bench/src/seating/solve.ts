import {
  type AnnealResult,
  anneal,
  isLegal,
  type Proof,
  proveInThread,
  type SeatingProblem,
} from '@wedsync/seating/engine';
import { mustCost, recount } from './recount.ts';

/** Runs of one search within a time, so that one that went astray does not decide. */
const startsPerSearch = 3;

/** As many moves as this machine makes in the time now; the run itself is counted in moves. */
export function annealFor(problem: SeatingProblem, ms: number, seed: number): AnnealResult {
  const probe = 50_000;
  const startedAt = performance.now();
  anneal(problem, { seed, iterations: probe });
  const perMs = probe / (performance.now() - startedAt);
  return anneal(problem, { seed, iterations: Math.max(1, Math.round(perMs * ms)) });
}

const cheaper = (one: AnnealResult | undefined, other: AnnealResult): AnnealResult => {
  if (!one || (!isLegal(one.evaluation) && isLegal(other.evaluation))) return other;
  if (isLegal(one.evaluation) && !isLegal(other.evaluation)) return one;
  return other.evaluation.cost < one.evaluation.cost ? other : one;
};

/** The best of a few searches that share the time. */
export function bestOfStarts(problem: SeatingProblem, ms: number, seed: number): AnnealResult {
  let best: AnnealResult | undefined;
  for (let start = 0; start < startsPerSearch; start++) {
    best = cheaper(best, annealFor(problem, ms / startsPerSearch, seed * 100 + start));
  }
  return best as AnnealResult;
}

export interface Solved {
  proof: Proof;
  /** Recounted from the problem; undefined where no legal plan was found. */
  cost: number | undefined;
  ms: number;
  /** CPU time of this process, its threads included. */
  cpuMs: number;
}

/** A proof may have found a plan where the search had none, or a better one. */
function costOf(problem: SeatingProblem, proof: Proof, known: AnnealResult): number | undefined {
  if (proof.kind === 'optimal') return mustCost(problem, proof.assignment, proof.cost);
  const plans = [known.assignment, ...('assignment' in proof ? [proof.assignment] : [])];
  const costs = plans.flatMap((plan) => (plan && recount(problem, plan)) ?? []);
  return costs.length > 0 ? Math.min(...costs) : undefined;
}

/** A short search, then the proof, together within `budgetMs`; everything is recounted. */
export async function solve(
  problem: SeatingProblem,
  {
    budgetMs,
    seed = 1,
    searchMs = Math.min(500, budgetMs / 5),
  }: {
    budgetMs: number;
    seed?: number;
    searchMs?: number;
  },
): Promise<Solved> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const known = bestOfStarts(problem, searchMs, seed);
  const incumbent = known.assignment;
  const leftMs = Math.max(1, budgetMs - (performance.now() - startedAt));
  const proof = await proveInThread(problem, { incumbent, budgetMs: leftMs });
  const { user, system } = process.cpuUsage(cpu);
  const ms = performance.now() - startedAt;
  const cost = costOf(problem, proof, known);
  return { proof, cost, ms, cpuMs: (user + system) / 1_000 };
}
