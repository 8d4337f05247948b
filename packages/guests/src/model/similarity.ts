/**
 * Damerau–Levenshtein distance in its optimal string alignment form (Boytsov 2011, §2.2): inserts,
 * deletes, substitutions and swaps of neighbours. Gives up early and returns `limit + 1` when the
 * distance exceeds `limit`.
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const width = right.length + 1;
  let beforeLast = new Uint16Array(width);
  let last = Uint16Array.from({ length: width }, (_, index) => index);
  let row = new Uint16Array(width);
  for (let i = 1; i <= left.length; i++) {
    row[0] = i;
    let lowest = i;
    for (let j = 1; j < width; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row[j] = cost;
      if (cost < lowest) lowest = cost;
    }
    if (lowest > limit) return limit + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[width - 1] ?? 0, limit + 1);
}

function trigramsOf(text: string): Set<string> {
  const padded = `  ${text} `;
  const grams = new Set<string>();
  for (let index = 0; index + 3 <= padded.length; index++)
    grams.add(padded.slice(index, index + 3));
  return grams;
}

/** Share of common trigrams, 0..1, padded as PostgreSQL's pg_trgm does. */
export function trigramSimilarity(left: string, right: string): number {
  if (left === right) return 1;
  const a = trigramsOf(left);
  const b = trigramsOf(right);
  let common = 0;
  for (const gram of a) if (b.has(gram)) common++;
  return common / (a.size + b.size - common);
}
