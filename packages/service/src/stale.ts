import { DomainError } from '@wedsync/contracts/errors';

/**
 * The error for an update that saw an older version than the one stored. It carries the current row
 * so that the screen can show both and nobody loses what they typed.
 * @param current the row as it is now
 * @param what noun for the person, e.g. `guest`
 */
export function staleVersion(current: unknown, what: string): DomainError {
  return new DomainError(
    'conflict',
    'service.stale-version',
    `Somebody changed this ${what} while you were editing. Compare both versions and save again.`,
    { current },
  );
}

/** The error for a row that does not exist or that the actor may not see; both look alike. */
export function notFound(what: string): DomainError {
  return new DomainError(
    'not-found',
    'service.not-found',
    `This ${what} does not exist or is no longer shared with you. Go back and reload the list.`,
  );
}
