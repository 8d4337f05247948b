import { createHash, createHmac } from 'node:crypto';
import type { GuestId, WeddingId } from '@wedsync/contracts/ids';

/** What an unsubscribe link is for: this guest at this address. */
export interface UnsubscribeTarget {
  weddingId: WeddingId;
  guestId: GuestId;
  addressHash: Uint8Array;
}

const tokenLength = 22;

/**
 * The token of an unsubscribe link: 128 bits of HMAC-SHA-256 in base64url. It follows from the
 * secret, so it is stored only as a hash and every message to a guest carries the same one.
 */
export function unsubscribeToken(secret: string, target: UnsubscribeTarget): string {
  const address = Buffer.from(target.addressHash).toString('hex');
  return createHmac('sha256', secret)
    .update(`unsubscribe|${target.weddingId}|${target.guestId}|${address}`)
    .digest('base64url')
    .slice(0, tokenLength);
}

/** What is stored of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** True where `token` has the form of one; anything else is not worth a look into the database. */
export function isTokenShaped(token: string): boolean {
  return token.length === tokenLength && /^[A-Za-z0-9_-]+$/.test(token);
}
