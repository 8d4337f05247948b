export { proveInThread } from './adapters/prover.ts';
export { type AnnealOptions, type AnnealResult, anneal } from './model/anneal.ts';
export { bellowsPeterson, generateLewisCarroll, generateWedding } from './model/generators.ts';
export {
  type Assignment,
  type CompanyWishes,
  type Evaluation,
  evaluate,
  isLegal,
  type PairCost,
  type SeatingProblem,
  type TableSpec,
} from './model/problem.ts';
export type { Proof, ProveOptions } from './model/prove.ts';
export { type Reflow, reflow } from './model/reflow.ts';
export { orderSeats, type SeatShape } from './model/seat-order.ts';
