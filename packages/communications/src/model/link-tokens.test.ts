import { GuestId, newId, WeddingId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { isTokenShaped, unsubscribeToken } from './link-tokens.ts';

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
