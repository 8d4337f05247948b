/** What a change of the objective means to a planner; null where a rule forbids the move. */
export function costWords(cost: number | null): string {
  if (cost === null) return 'against a rule';
  if (cost === 0) return 'just as good';
  const size = Math.abs(cost);
  const points = size === 1 ? '1 point' : `${size} points`;
  if (cost < 0) return `better by ${points}`;
  return `worse by ${points}`;
}
