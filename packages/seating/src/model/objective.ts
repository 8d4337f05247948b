import type { SeatingWeights } from '@wedsync/contracts/seating-runs';

/*
 * What things cost, in whole numbers, so that bounds can be rounded up. Lower is better. A wish of
 * weight 5 at the usual happiness of 6 is worth 30 for each pair of guests; everything else is set
 * against that.
 */

/** Each pair of a household that is not at one table: more than any few wishes could outweigh. */
export const householdCost = 600;
/** A guest who should have a seat and has none. */
export const unseatedCost = 5_000;
/** Somebody at a head, sweetheart or VIP table whom nobody put there, or taken away from it. */
export const honourCost = 240;
/** A child within `loudMm` of the band. */
export const loudCost = 12;
export const loudMm = 5_000;
/** Per metre between a guest who moves with difficulty and the nearest door, up to `doorMetresMax`. */
export const doorCost = 1;
export const doorMetresMax = 20;
/** On top of the planner's own price, while a plan is repaired: what moving one guest must win. */
export const reflowMoveCost = 120;
/** Seats of one guest's own wishes that are all met, per point of fairness. */
const fairShare = 24;
/** A guest who knows nobody at the table, per point of fairness. */
const lonelyCost = 25;
const moveCost = 8;

/** What a pair at one table costs for a wish of this weight: `prefer` and `next-to` win. */
export const wishCost = (weights: SeatingWeights, weight: number): number =>
  weights.happiness * weight;

/**
 * What meeting one wish adds for the guest who has it, as a share of all that this guest wishes:
 * somebody with a single wish counts as much as somebody with twenty.
 */
export const shareCost = (weights: SeatingWeights, weight: number, ownTotal: number): number =>
  Math.round((weights.fairness * fairShare * weight) / ownTotal);

export const companyCost = (weights: SeatingWeights): number => weights.fairness * lonelyCost;

/** Of one guest who leaves the table of the present plan. */
export const leaveCost = (weights: SeatingWeights, isReflow: boolean): number =>
  weights.fewestMoves * moveCost + (isReflow ? reflowMoveCost : 0);

/**
 * Cost of every load of a table that would be filled like all others at `share` of its seats:
 * squares of the guests too few or too many.
 */
export function balanceCosts(
  weights: SeatingWeights,
  capacity: number,
  share: number,
): Int32Array<ArrayBuffer> {
  const [low, high] = [Math.floor(share * capacity), Math.ceil(share * capacity)];
  return Int32Array.from({ length: capacity + 1 }, (_, load) => {
    const off = Math.max(0, low - load, load - high);
    return weights.balance * 2 * off * off;
  });
}
