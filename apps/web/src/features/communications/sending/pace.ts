/** How many deliveries were settled at a moment. */
export interface Reading {
  atMs: number;
  settled: number;
}

/** Older readings say nothing about the speed of now. */
const windowMs = 15_000;
/** Below this, two readings are too close to divide by. */
const spanMsMin = 1_500;

/** The readings with one more; those out of the window are dropped. */
export function withReading(readings: readonly Reading[], next: Reading): Reading[] {
  const last = readings.at(-1);
  // A retry puts deliveries back into the line: the count starts over.
  const kept = last && next.settled < last.settled ? [] : readings;
  return [...kept.filter(({ atMs }) => next.atMs - atMs <= windowMs), next];
}

/** Deliveries a second over the window; null before it can be told. */
export function perSecondOf(readings: readonly Reading[]): number | null {
  const first = readings[0];
  const last = readings.at(-1);
  if (!first || !last || last.atMs - first.atMs < spanMsMin) return null;
  return ((last.settled - first.settled) / (last.atMs - first.atMs)) * 1_000;
}
