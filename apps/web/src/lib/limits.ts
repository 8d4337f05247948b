import type * as account from '@wedsync/contracts/account';
import type * as guestImports from '@wedsync/contracts/guest-imports';
import type * as paging from '@wedsync/contracts/paging';

/*
 * Limits of the contracts that the interface tells people about. The types are the contracts' own
 * literals, so a copy that differs does not compile.
 */
export const passwordLengthMin: typeof account.passwordLengthMin = 8;
export const passwordLengthMax: typeof account.passwordLengthMax = 256;
export const pageSizeMax: typeof paging.pageSizeMax = 500;

export const undoKeptDays: typeof guestImports.undoKeptDays = 30;

/** Largest guest list that can be imported, in bytes; the server refuses more. */
export const importBytesMax = 10 * 1024 * 1024;
