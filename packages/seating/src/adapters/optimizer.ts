import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Assignment, SeatingProblem } from '../model/problem.ts';
import { LaneBoard } from './lane-board.ts';

/** What one thread is given; it crosses into the thread as it is. */
export interface LaneTask {
  problem: SeatingProblem;
  lane: number;
  lanes: number;
  seed: number;
  /** Moves of each round. */
  rounds: readonly number[];
  start?: Assignment | undefined;
  temperature?: { from: number; to: number } | undefined;
  buffer: SharedArrayBuffer;
}

/** The best plan of a lane so far. */
export interface LanePlan {
  lane: number;
  assignment: Assignment;
  cost: number;
  isLegal: boolean;
}

export interface SearchOptions {
  seed: number;
  lanes: number;
  /** Moves of each round, the same in every lane. */
  rounds: readonly number[];
  start?: Assignment | undefined;
  temperature?: { from: number; to: number } | undefined;
  /** Hears of the best plan of a lane after each of its rounds. */
  onPlan?: (plan: LanePlan) => void;
}

/** A search under way in threads of its own. */
export interface Search {
  /** Live: cost of the best legal plan, moves tried. */
  readonly board: LaneBoard;
  /**
   * The best plan of all lanes, the lane with the lower number among equals: the same for the same
   * problem, seed and rounds, unless the search was ended early. Undefined where it was ended before
   * any lane had a plan.
   * @throws Error of a thread that failed
   */
  readonly done: Promise<LanePlan | undefined>;
  /** Ends the search within milliseconds and keeps the best plan. */
  cancel(): void;
}

/** How long a cancelled thread may take before it is ended from outside. */
const graceMs = 5_000;

/** Threads of all searches of this process share the cores; a lane waits for its turn. */
class ThreadGate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(threads: number) {
    this.#free = threads;
  }

  async enter(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

const gate = new ThreadGate(Math.max(2, availableParallelism()));

/** Ranks plans: legal before not, cheap before dear, then by lane. */
const isBetter = (plan: LanePlan, than: LanePlan | undefined): boolean => {
  if (!than) return true;
  if (plan.isLegal !== than.isLegal) return plan.isLegal;
  return plan.cost < than.cost || (plan.cost === than.cost && plan.lane < than.lane);
};

function runLane(
  task: LaneTask,
  { board, onPlan }: { board: LaneBoard; onPlan: (plan: LanePlan) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./lane-thread.ts', import.meta.url), { workerData: task });
    let cancelledAt: number | undefined;
    const watch = setInterval(() => {
      if (!board.isCancelled) return;
      cancelledAt ??= performance.now();
      if (performance.now() - cancelledAt > graceMs) void thread.terminate();
    }, 100);
    thread.on('message', onPlan);
    thread.on('error', reject);
    thread.on('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });
}

/**
 * Searches from several seeds at once, each lane in a thread. Nothing here blocks: the worker goes on
 * with its other jobs.
 */
export function searchInThreads(problem: SeatingProblem, options: SearchOptions): Search {
  const { lanes, seed, rounds, start, temperature, onPlan } = options;
  const board = new LaneBoard(lanes);
  const plans = new Map<number, LanePlan>();
  const lane = async (at: number) => {
    await gate.enter();
    try {
      if (board.isCancelled) return;
      const task = {
        problem,
        lane: at,
        lanes,
        seed,
        rounds,
        start,
        temperature,
        buffer: board.buffer,
      };
      await runLane(task, {
        board,
        onPlan: (plan) => {
          plans.set(plan.lane, plan);
          onPlan?.(plan);
        },
      });
    } catch (error) {
      board.cancel();
      throw error;
    } finally {
      gate.leave();
    }
  };
  const done = Promise.all(Array.from({ length: lanes }, (_, at) => lane(at))).then(() =>
    [...plans.values()].reduce<LanePlan | undefined>(
      (best, plan) => (isBetter(plan, best) ? plan : best),
      undefined,
    ),
  );
  return { board, done, cancel: () => board.cancel() };
}
