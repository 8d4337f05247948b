import type { DeliveryId, MessageId } from '@wedsync/contracts/ids';
import { verpAddress } from './model/verp.ts';

/** Stands where return paths have their domain: the same signed token, on another channel. */
export const smsReferenceDomain = 'sms';

/** What a provider calls a text in its reports; it proves by itself which delivery is meant. */
export function smsReference(
  key: Buffer,
  delivery: { messageId: MessageId; deliveryId: DeliveryId },
): string {
  return verpAddress(key, delivery, smsReferenceDomain);
}
