import { createHmac } from 'node:crypto';
import { GuestId, newId, WeddingId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { addressKeyPads, isTokenShaped, unsubscribeToken } from './link-tokens.ts';

const target = {
  weddingId: newId(WeddingId),
  guestId: newId(GuestId),
  addressHash: new Uint8Array(32).fill(7),
};

describe('an unsubscribe token', () => {
  it('can be derived again, and differs by secret, guest and address', () => {
    const token = unsubscribeToken('secret', target);
    expect(unsubscribeToken('secret', target)).toBe(token);
    const others = [
      unsubscribeToken('other', target),
      unsubscribeToken('secret', { ...target, guestId: newId(GuestId) }),
      unsubscribeToken('secret', { ...target, addressHash: new Uint8Array(32) }),
    ];
    expect(new Set([token, ...others]).size).toBe(4);
    expect(isTokenShaped(token)).toBe(true);
  });

  it.each(['', 'short', 'x'.repeat(23), `${'x'.repeat(21)}/`, `${'x'.repeat(21)}%`])(
    'is not %j',
    (text) => {
      expect(isTokenShaped(text)).toBe(false);
    },
  );
});

describe('the key of address hashes', () => {
  it('is padded as RFC 2104 says, and every wedding has its own', () => {
    const { inner, outer } = addressKeyPads('secret', target.weddingId);
    const key = createHmac('sha256', 'secret').update(`address-hash|${target.weddingId}`).digest();
    expect(inner.map((byte) => byte ^ 0x36).subarray(0, 32)).toEqual(key);
    expect(outer.map((byte) => byte ^ 0x5c).subarray(0, 32)).toEqual(key);
    expect(inner.subarray(32).every((byte) => byte === 0x36)).toBe(true);
    expect(addressKeyPads('secret', newId(WeddingId)).inner).not.toEqual(inner);
  });
});
