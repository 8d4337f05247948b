import { createHash, createHmac } from 'node:crypto';
import { InboundTextId } from '@wedsync/contracts/ids';

/** What hashes of threads are made with, derived from the installation's secret for this alone. */
export function threadKey(linkSecret: string): Buffer {
  return createHmac('sha256', linkSecret).update('sms-thread').digest();
}

/**
 * A conversation between one of our numbers and somebody's, the same in every wedding: by it an
 * answer finds the weddings that wrote, and STOP holds for all of them.
 * @param numbers both E.164
 */
export function threadHash(key: Buffer, numbers: { ours: string; theirs: string }): Buffer {
  return createHmac('sha256', key).update(`${numbers.ours}|${numbers.theirs}`).digest();
}

/** The id of an inbound text, a UUIDv8 that follows from the provider's: the same text counts once. */
export function inboundTextId(provider: string, eventId: string, weddingId: string): InboundTextId {
  const digest = createHash('sha256').update(`${provider}|${eventId}|${weddingId}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return InboundTextId.parse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
}
