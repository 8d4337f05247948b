import type { BounceClass } from '@wedsync/contracts/communications-feedback';
import type { SmsProviderStatus } from '@wedsync/contracts/communications-sms';

/** Words and numbers by which providers say that a number will never take a text. */
const neverAgain =
  /unknown|invalid|not_exist|nonexist|unassigned|landline|unallocated|^(21211|21614|30005|30006|1)$/i;

/** Whether to write to a number again: `hard` stops it, `blocked` is about the text or the sender. */
export function smsBounceClass(status: SmsProviderStatus, code: string | null): BounceClass {
  if (code && neverAgain.test(code)) return 'hard';
  return status === 'rejected' ? 'blocked' : 'soft';
}
