import type { RoomPoint } from '@wedsync/contracts/seating';

export type Direction = 'left' | 'right' | 'up' | 'down';

const steps: Record<Direction, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Going aside costs this much more than going ahead. */
const asidePenalty = 2.2;

/**
 * The thing that a person means who presses an arrow key: ahead of `from`, near, and not far aside.
 * @returns null where nothing lies in that direction
 */
export function nextInDirection<T extends RoomPoint>(
  from: RoomPoint,
  candidates: readonly T[],
  direction: Direction,
): T | null {
  const { x, y } = steps[direction];
  let best: { candidate: T; cost: number } | null = null;
  for (const candidate of candidates) {
    const [dx, dy] = [candidate.xMm - from.xMm, candidate.yMm - from.yMm];
    const ahead = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    // More than 65 degrees off is another direction.
    if (ahead <= 1 || aside > ahead * 2.2) continue;
    const cost = ahead + aside * asidePenalty;
    if (!best || cost < best.cost) best = { candidate, cost };
  }
  return best?.candidate ?? null;
}
