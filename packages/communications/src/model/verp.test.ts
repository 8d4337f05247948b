import { randomUUID } from 'node:crypto';
import { newUuid } from '@wedsync/contracts/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVerp, verpAddress, verpKey } from './verp.ts';

const key = verpKey('a-secret-of-this-installation-0123456789');
const domain = 'bounce.example.com';
const someDelivery = () => ({ messageId: newUuid(), deliveryId: randomUUID() });

describe('a bounce address', () => {
  it('fits into a local part and holds nothing but letters and digits', () => {
    const address = verpAddress(key, someDelivery(), domain);
    expect(address).toMatch(/^b-[a-z2-7]{52}@bounce\.example\.com$/);
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('names its delivery when it comes back, also with the case folded', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), fc.uuid({ version: 8 }), (messageId, deliveryId) => {
        const target = {
          messageId,
          deliveryPrefix: deliveryId.replaceAll('-', '').slice(0, 16),
        };
        const address = verpAddress(key, { messageId, deliveryId }, domain);
        expect(readVerp(key, address, domain)).toEqual(target);
        expect(readVerp(key, address.toUpperCase(), domain)).toEqual(target);
      }),
    );
  });

  it('is refused with any one letter changed', () => {
    const address = verpAddress(key, someDelivery(), domain);
    for (let at = 2; at < 54; at++) {
      for (const letter of 'az27') {
        if (address[at] === letter) continue;
        const forged = address.slice(0, at) + letter + address.slice(at + 1);
        expect(readVerp(key, forged, domain), forged).toBeNull();
      }
    }
  });

  it('is refused under another secret or another domain', () => {
    const address = verpAddress(key, someDelivery(), domain);
    expect(readVerp(verpKey('another secret'), address, domain)).toBeNull();
    expect(readVerp(key, address, 'example.com')).toBeNull();
  });

  it.each(['', '@', 'b-@bounce.example.com', 'postmaster@bounce.example.com', 'b-a'])(
    'is not what "%s" is',
    (address) => {
      expect(readVerp(key, address, domain)).toBeNull();
    },
  );

  it('never throws, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(readVerp(key, text, domain)).toBeNull();
        expect(readVerp(key, `b-${text}@${domain}`, domain)).toBeNull();
      }),
    );
  });
});
