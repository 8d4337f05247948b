/** Attempts at one recipient before temporary refusals count as final. */
export const attemptsMax = 8;
const firstDelayMs = 30_000;
const delayMsMax = 4 * 3_600_000;

/**
 * How long to wait after the given attempt was deferred: doubling from half a minute to four hours,
 * with a fifth of spread so that a refused batch does not come back as one.
 * @param attempt 1 for the first attempt
 * @param random 0..1
 */
export function retryDelayMs(attempt: number, random: number): number {
  const base = Math.min(delayMsMax, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(base * (0.9 + 0.2 * random));
}
