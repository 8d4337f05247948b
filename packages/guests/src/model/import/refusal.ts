import { DomainError } from '@wedsync/contracts/errors';

/** A file that cannot be read at all, with what is wrong, where, and what to do. */
export function refuseFile(reason: string, message: string, details = {}): DomainError {
  return new DomainError('invalid', `guests.import_${reason}`, message, details);
}

/** A file beyond one of `importLimits`. */
export function refuseLimit(reason: string, message: string, details = {}): DomainError {
  return new DomainError('limit', `guests.import_${reason}`, message, details);
}

/** `0` → `A`, `27` → `AB`: how spreadsheet programs call a column. */
export function columnLetters(index: number): string {
  let rest = index + 1;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}
