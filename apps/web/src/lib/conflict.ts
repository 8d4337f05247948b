import { failureOf } from '@wedsync/contracts/failure';

/** The row as it stands now, when `error` says that somebody else was faster; else null. */
export function currentOf<Row extends object>(
  error: unknown,
  isRow: (value: object) => value is Row,
): Row | null {
  const { kind, details } = failureOf(error);
  if (kind !== 'conflict') return null;
  const { current } = details;
  return typeof current === 'object' && current !== null && isRow(current) ? current : null;
}
