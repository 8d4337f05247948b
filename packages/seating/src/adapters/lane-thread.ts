import { parentPort, workerData } from 'node:worker_threads';
import { anneal } from '../model/anneal.ts';
import { type Assignment, isLegal } from '../model/problem.ts';
import { LaneBoard } from './lane-board.ts';
import type { LanePlan, LaneTask } from './optimizer.ts';

/** Looks that the first round of a lane always gets: a fraction of a second. */
const looksMin = 200;

/**
 * One lane of a search: rounds of annealing, each from the best plan so far, each with a seed of its
 * own. Posts the best plan after every round, so that little is lost if the thread is ended.
 */
function search({
  problem,
  lane,
  lanes,
  seed,
  rounds,
  start,
  temperature,
  buffer,
}: LaneTask): void {
  const board = new LaneBoard(lanes, buffer);
  let best: { assignment: Assignment; cost: number; isLegal: boolean } | undefined;
  let moves = 0;
  for (const [round, iterations] of rounds.entries()) {
    if (board.isCancelled && best) break;
    let looks = 0;
    const result = anneal(problem, {
      seed: seed + lane * 7_919 + round * 104_729,
      iterations,
      ...(best ? { start: best.assignment } : start ? { start } : {}),
      ...(temperature ? { temperature } : {}),
      // Even a search that is ended at once brings something: the engine looks every 1,024 moves.
      isCancelled: () => board.isCancelled && (best !== undefined || ++looks > looksMin),
      onBetter: (cost, iteration) => {
        if (!best?.isLegal || cost < best.cost) board.tellCost(lane, cost);
        board.tellMoves(lane, moves + iteration);
      },
    });
    moves += result.iterations;
    board.tellMoves(lane, moves);
    const { assignment, evaluation } = result;
    const found = { assignment, cost: evaluation.cost, isLegal: isLegal(evaluation) };
    if (found.isLegal && (!best?.isLegal || found.cost < best.cost))
      board.tellCost(lane, found.cost);
    if (!best || Number(found.isLegal) > Number(best.isLegal) || found.cost < best.cost)
      best = found;
    const plan: LanePlan = { lane, ...best };
    parentPort?.postMessage(plan);
  }
}

search(workerData as LaneTask);
