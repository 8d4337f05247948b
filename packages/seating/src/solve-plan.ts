import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { type LanePlan, searchInThreads } from './adapters/optimizer.ts';
import { proveInThread } from './adapters/prover.ts';
import { checkPlan, isRule, type PlannedSeat } from './model/check-plan.ts';
import {
  type CompiledProblem,
  compileProblem,
  presentAssignment,
  tablesOfGuests,
} from './model/compile-problem.ts';
import type { HouseholdPolicy } from './model/group-guests.ts';
import { explainInfeasible, type Infeasibility } from './model/infeasible.ts';
import { placeSeats } from './model/place-seats.ts';
import { indexPlan, type PlanFacts } from './model/plan-index.ts';
import type { Assignment } from './model/problem.ts';
import type { Proof } from './model/prove.ts';
import { canSeat, ruleGraph } from './model/seating-graph.ts';
import type { PlanSettings } from './model/seating-rules.ts';
import { simpleBound } from './model/simple-bound.ts';

export interface SolveProgress {
  cost: number | null;
  bound: number | null;
  /** Moves tried so far. */
  moves: number;
}

export interface SolveOptions {
  seconds: number;
  seed: number;
  /** Moves are counted, not seconds: the same seed gives the same plan. */
  isRepeatable: boolean;
  /** Fires to end early; the best plan is kept. */
  signal: AbortSignal;
  /** Told about every 300 ms. */
  onProgress?: (progress: SolveProgress) => void;
}

export type Solution =
  | { kind: 'solved'; seats: PlannedSeat[]; cost: number; bound: number | null; moves: number }
  | { kind: 'infeasible'; reason: Infeasibility }
  /** Ended without a plan that breaks no rule, and without proof that there is none. */
  | { kind: 'unsolved'; moves: number };

/** Fixed, so that a run gives the same plan on machines with more cores. */
const lanes = 2;
/** Moves of a lane per second asked for; most machines do several times as many. */
const movesPerSecond = 1_500_000;
/** A short first round gives the prover and the planner something to begin with. */
const firstRoundMax = 300_000;
const laterRounds = 3;
/** Beyond this many moves a group, more of them rarely find anything. */
const movesPerGroupMax = 600_000;
/** A run that counts moves ends at the latest after this many times its seconds. */
const overtimeMax = 4;
const progressMs = 300;
/** Looks spent on seeing quickly that a way to group the households cannot work. */
const looksMax = 300_000;
/** A repair stays close to the plan that it repairs: only small losses are taken on the way. */
export const reflowTemperature = { from: 60, to: 1 } as const;

function roundsOf({ problem }: CompiledProblem, options: SolveOptions): number[] {
  const groups = Math.max(1, problem.sizes.length);
  const total = Math.min(options.seconds * movesPerSecond, groups * movesPerGroupMax);
  const first = Math.round(Math.min(total / 10, firstRoundMax));
  const later = Math.max(2_000, Math.round((total - first) / laterRounds));
  const rounds = [Math.max(2_000, first), ...Array.from({ length: laterRounds }, () => later)];
  // Whoever gave seconds gets them used.
  return options.isRepeatable ? rounds : [...rounds, ...Array.from({ length: 60 }, () => later)];
}

type Attempt =
  | { kind: 'plan'; plan: LanePlan; bound: number; moves: number }
  | { kind: 'no-plan'; isProven: boolean; moves: number };

/** A bound further away than the whole cost says nothing that a planner could use. */
const isTelling = (bound: number, cost: number) => cost - bound <= Math.max(1, Math.abs(cost));

/** One search with its proof, over one way to group the households. */
class PlanAttempt {
  readonly #compiled: CompiledProblem;
  readonly #options: SolveOptions;
  readonly #deadline: number;
  readonly #proving = new AbortController();
  #proof: Promise<Proof> | undefined;
  #proven: Proof | undefined;
  #bound: number;

  constructor(compiled: CompiledProblem, options: SolveOptions, deadline: number) {
    this.#compiled = compiled;
    this.#options = options;
    this.#deadline = deadline;
    this.#bound = simpleBound(compiled.problem);
  }

  async run(): Promise<Attempt> {
    const { problem, settings } = this.#compiled;
    const { seed, signal } = this.#options;
    const search = searchInThreads(problem, {
      seed,
      lanes,
      rounds: roundsOf(this.#compiled, this.#options),
      start: presentAssignment(this.#compiled),
      temperature: settings.mode === 'reflow' ? reflowTemperature : undefined,
      onPlan: (plan) => {
        const isBest = plan.isLegal && plan.cost <= this.#bound;
        if (!isBest) this.#startProof(plan, () => search.cancel());
        else if (!this.#options.isRepeatable) stop();
      },
    });
    const stop = () => {
      search.cancel();
      this.#proving.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const timer = setTimeout(stop, Math.max(0, this.#deadline - performance.now()));
    const telling = setInterval(() => this.#tell(search.board), progressMs);
    try {
      const found = await search.done;
      await this.#proof;
      this.#tell(search.board);
      return this.#judge(found, search.board.moves);
    } finally {
      stop();
      clearTimeout(timer);
      clearInterval(telling);
      signal.removeEventListener('abort', stop);
      await this.#proof?.catch(() => undefined);
    }
  }

  /** Begins with the first plan there is; without a legal one it may show that there is none. */
  #startProof(plan: LanePlan, cancelSearch: () => void): void {
    if (this.#proof) return;
    const budgetMs = Math.max(0, this.#deadline - performance.now());
    const incumbent = plan.isLegal ? { incumbent: plan.assignment } : {};
    const onProgress = ({ bound }: { bound: number }) => {
      this.#bound = Math.max(this.#bound, bound);
    };
    const options = { ...incumbent, budgetMs, onProgress };
    this.#proof = proveInThread(this.#compiled.problem, options, this.#proving.signal).then(
      (proof) => {
        this.#proven = proof;
        const isSettled = proof.kind === 'optimal' || proof.kind === 'infeasible';
        if (isSettled && !this.#options.isRepeatable) cancelSearch();
        return proof;
      },
    );
    this.#proof.catch(cancelSearch);
  }

  #tell(board: { cost: number | undefined; moves: number }): void {
    const { offset } = this.#compiled;
    const cost = board.cost === undefined ? null : board.cost + offset;
    const bound = this.#bound + offset;
    this.#options.onProgress?.({
      cost,
      // The bound may be ahead of the best plan that the lanes have told of.
      bound: cost !== null && isTelling(bound, cost) ? Math.min(bound, cost) : null,
      moves: board.moves,
    });
  }

  #judge(found: LanePlan | undefined, moves: number): Attempt {
    const proof = this.#proven;
    const proven = proof?.kind === 'optimal' ? proof : undefined;
    let plan = found?.isLegal ? found : undefined;
    if (proven && (!plan || proven.cost < plan.cost)) {
      const { assignment, cost } = proven;
      plan = { lane: -1, assignment, cost, isLegal: true };
    }
    if (!plan) return { kind: 'no-plan', isProven: proof?.kind === 'infeasible', moves };
    const bounded = proof?.kind === 'bounded' ? proof.bound : undefined;
    const bound = proven ? plan.cost : Math.max(this.#bound, bounded ?? this.#bound);
    return {
      kind: 'plan',
      plan,
      bound: Math.min(bound, plan.cost),
      moves,
    };
  }
}

/** The stored plan, where it seats everybody who takes part and breaks no rule. */
function standing(facts: PlanFacts, { index, settings, taking }: CompiledProblem) {
  const { mode, ...rest } = settings;
  const takes = new Set(taking.map((guest) => facts.plan.guests[guest]?.id));
  const seats = facts.plan.assignments.filter(({ guestId }) => takes.has(guestId));
  const isWhole = taking.every((guest) => (index.tableOf[guest] ?? -1) >= 0);
  if (!isWhole || seats.length !== facts.plan.assignments.length) return undefined;
  const { cost, violations } = checkPlan(facts, { ...rest, isReflow: mode === 'reflow' });
  const isBroken = violations.some(({ kind }) => isRule(kind));
  return isBroken ? undefined : { cost, seats: [...facts.plan.assignments] };
}

/**
 * Chairs for a plan in groups, judged once more from the stored rows.
 * @throws DomainError `bug` where the checker does not find what the solver promised
 */
export function seatsOf(facts: PlanFacts, compiled: CompiledProblem, plan: Assignment) {
  const { index, settings, fixed, problem } = compiled;
  const tables = tablesOfGuests(compiled, plan);
  const seats = placeSeats(index, tables, settings.mode !== 'full');
  const { mode, ...rest } = settings;
  const check = checkPlan(facts, { ...rest, isReflow: mode === 'reflow', seats });
  const isFree = (id: (typeof seats)[number]['guestId']) =>
    (fixed[index.guestAt.get(id) ?? -1] ?? -1) < 0;
  const broken = check.violations.find(
    ({ kind, guestIds }) =>
      isRule(kind) &&
      kind !== 'over-room-capacity' &&
      kind !== 'declined-but-seated' &&
      guestIds.every(isFree),
  );
  if (broken || seats.length !== compiled.taking.length) {
    throw new DomainError(
      'bug',
      'seating.unlawful-plan',
      'The optimizer made a plan that breaks a rule. Nothing was changed. Please report this.',
      { kind: broken?.kind, groups: problem.sizes.length },
    );
  }
  return { seats, cost: check.cost };
}

const policiesOf = ({ mode }: PlanSettings): readonly HouseholdPolicy[] =>
  mode === 'reflow' ? ['present', 'alone'] : ['whole', 'units', 'alone'];

/**
 * Seats the guests of a stored plan: searches and proves in threads until the time is over, the best
 * is proven, or `signal` fires. A household is only parted where no plan keeps all of them whole;
 * "proven best" speaks of the plans that part households no further. The result is never worse than a
 * stored plan that seats everybody by the rules, and never breaks one.
 *
 * @throws Error of a thread; DomainError `bug` where a result does not stand up to the checker
 */
export async function solvePlan(
  facts: PlanFacts,
  settings: PlanSettings,
  options: SolveOptions,
): Promise<Solution> {
  const index = indexPlan(facts);
  const startedAt = performance.now();
  const budgetMs = options.seconds * 1_000 * (options.isRepeatable ? overtimeMax : 1);
  let moves = 0;
  let isProven = false;
  // Lets whoever asked for it see the state before the first long computation.
  await pause(0);
  const reason = explainInfeasible(compileProblem(index, settings));
  if (reason) return { kind: 'infeasible', reason };
  for (const policy of policiesOf(settings)) {
    const compiled = compileProblem(index, settings, policy);
    const isLast = policy === 'alone';
    const graph = ruleGraph(compiled);
    if (!isLast && canSeat(graph, [...graph.sizes.keys()], looksMax) === 'no') continue;
    const deadline = Math.max(startedAt + budgetMs, performance.now() + budgetMs / 2);
    const attempt = await new PlanAttempt(compiled, options, deadline).run();
    moves += attempt.moves;
    if (attempt.kind === 'plan') {
      const found = seatsOf(facts, compiled, attempt.plan.assignment);
      const present = standing(facts, compiled);
      const best = present && present.cost <= found.cost ? present : found;
      const bound = attempt.bound + compiled.offset;
      const isUseful = isTelling(bound, best.cost);
      return {
        kind: 'solved',
        ...best,
        bound: isUseful ? Math.min(bound, best.cost) : null,
        moves,
      };
    }
    isProven = attempt.isProven;
    if (options.signal.aborted) return { kind: 'unsolved', moves };
  }
  if (!isProven) return { kind: 'unsolved', moves };
  const message =
    'It is proven that no plan keeps all rules, but no single reason stands out. Loosen some rules or add a table.';
  return { kind: 'infeasible', reason: { message, guestIds: [], tableIds: [] } };
}
