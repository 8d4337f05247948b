import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashEmail, hashPhone, normalizeEmail } from './keyed-hash.ts';
import { isMasterKey, readMasterKey } from './master-key.ts';
import { keyBytes, open, seal, sealedOverheadBytes } from './sealed.ts';
import { openText, sealedTextBytes, sealText } from './sealed-text.ts';
import { newKey, unwrapKey, wrapKey, wrappedKeyBytes, wrappingKeyId } from './wrapped-key.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const key = createSecretKey(Buffer.alloc(keyBytes, 7));
const other = createSecretKey(Buffer.alloc(keyBytes, 8));
const context = Buffer.from('guest|email');

/** McGrew and Viega, "The Galois/Counter Mode of Operation", as submitted to NIST: cases 13 to 16. */
const vectors = [
  {
    key: '0000000000000000000000000000000000000000000000000000000000000000',
    nonce: '000000000000000000000000',
    context: '',
    text: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    key: '0000000000000000000000000000000000000000000000000000000000000000',
    nonce: '000000000000000000000000',
    context: '',
    text: '00000000000000000000000000000000',
    sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    context: '',
    text: 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255',
    sealed:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c',
  },
  {
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    context: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    text: 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    sealed:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('seal', () => {
  it.each(vectors)('agrees with the published vector $sealed', (vector) => {
    const published = createSecretKey(hex(vector.key));
    const text = { text: hex(vector.text), context: hex(vector.context) };
    const sealed = seal(published, text, hex(vector.nonce));
    expect(sealed.toString('hex')).toBe(`01${vector.nonce}${vector.sealed}`);
    expect(open(published, sealed, text.context).toString('hex')).toBe(vector.text);
  });

  it('never gives the same bytes twice', () => {
    const sealed = Array.from({ length: 100 }, () => seal(key, { text: context, context }));
    expect(new Set(sealed.map((one) => one.toString('hex'))).size).toBe(100);
  });

  it('refuses every changed byte, another key, another place and another format', () => {
    const sealed = seal(key, { text: Buffer.from('ana@example.com'), context });
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(key, changed, context)).toThrow(/cannot be read/);
    }
    expect(() => open(other, sealed, context)).toThrow(/cannot be read/);
    expect(() => open(key, sealed, Buffer.from('guest|phone'))).toThrow(/cannot be read/);
    expect(() => open(key, sealed.subarray(0, 20), context)).toThrow(/cannot be read/);
  });
});

describe('sealText', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 140 }), (text) => {
        const whole = text.toWellFormed();
        const sealed = sealText(key, whole, context);
        expect(sealed).toHaveLength(sealedTextBytes(Buffer.byteLength(whole)));
        expect(openText(key, sealed, context)).toBe(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('does not tell a short address from a long one', () => {
    const lengths = ['a@b.cd', `${'x'.repeat(50)}@example.com`, '+351912345678', ''].map(
      (text) => sealText(key, text, context).length,
    );
    expect(new Set(lengths)).toEqual(new Set([64 + sealedOverheadBytes]));
  });
});

describe('wrapKey', () => {
  const by = { id: '0190f0a0-1111-7000-8000-0123456789ab', key };

  it('names the wrapping key and gives back the wrapped one', () => {
    const inner = newKey();
    const wrapped = wrapKey(by, inner, 'guest|1');
    expect(wrapped).toHaveLength(wrappedKeyBytes);
    expect(wrappingKeyId(wrapped)).toBe(by.id);
    expect(unwrapKey(key, wrapped, 'guest|1').equals(inner)).toBe(true);
  });

  it('unwraps for nobody else and under no other name', () => {
    const wrapped = wrapKey(by, newKey(), 'guest|1');
    expect(() => unwrapKey(key, wrapped, 'guest|2')).toThrow(/cannot be read/);
    expect(() => unwrapKey(other, wrapped, 'guest|1')).toThrow(/cannot be read/);
    const relabelled = Buffer.from(wrapped);
    relabelled[0] = 0xff;
    expect(() => unwrapKey(key, relabelled, 'guest|1')).toThrow(/cannot be read/);
    expect(() => wrappingKeyId(wrapped.subarray(1))).toThrow(/cannot be read/);
  });
});

describe('keyed hashes', () => {
  it('find an address however it is written', () => {
    const spellings = ['Ana@Example.com', ' ana@example.com ', 'ANA@EXAMPLE.COM'];
    expect(new Set(spellings.map((one) => hashEmail(key, one).toString('hex'))).size).toBe(1);
    expect(normalizeEmail('jo@bücher.example')).toBe('jo@xn--bcher-kva.example');
  });

  it('differ by key and by kind', () => {
    const all = [hashEmail(key, 'a@b.cd'), hashEmail(other, 'a@b.cd'), hashPhone(key, 'a@b.cd')];
    expect(new Set(all.map((one) => one.toString('hex'))).size).toBe(3);
  });
});

describe('readMasterKey', () => {
  it('takes 32 bytes in base64 and nothing else', () => {
    const text = Buffer.alloc(32, 1).toString('base64');
    expect(readMasterKey(text).key.export()).toEqual(Buffer.alloc(32, 1));
    expect(readMasterKey(text).id).toBe(readMasterKey(text).id);
    for (const bad of ['', 'short', Buffer.alloc(31).toString('base64'), `${text}=`]) {
      expect(isMasterKey(bad)).toBe(false);
      expect(() => readMasterKey(bad)).toThrow(/openssl rand -base64 32/);
    }
  });
});
