import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { describe, expect, it } from 'vitest';
import { createDkimSigner, DkimKeyError, type DkimSigner, relaxBody } from './dkim.ts';

const pem = (type: 'rsa' | 'ed25519', bits = 2_048) => {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

const options = { domain: 'mail.example.com', selector: 'wedsync' };
const rsa = createDkimSigner({ ...options, privateKey: pem('rsa') });

/** As a receiver that finds our record in DNS. */
async function verify(signer: DkimSigner, raw: Buffer) {
  const { results } = await dkimVerify(raw, {
    resolver: async (name: string) => {
      if (name !== signer.record.name) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
      return [[signer.record.value]];
    },
  });
  return results[0];
}

const signed = (signer: DkimSigner, content: Buffer) =>
  Buffer.concat([Buffer.from(signer.sign(content), 'latin1'), content]);

const email = Buffer.from(
  [
    'Date: Sat, 02 Jan 2027 03:04:05 +0000',
    'From: "Ana & Tom"',
    ' <no-reply@mail.example.com>',
    'To: =?UTF-8?Q?In=C3=AAs?=',
    ' <ines@example.com>',
    'List-Unsubscribe: <https://example.com/u/token>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Message-ID: <1@mail.example.com>',
    'Subject: An   invitation ',
    'Precedence: bulk',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Dear Inês,  ',
    '\tplease  come.',
    '',
    '',
    '',
  ].join('\r\n'),
);

describe('a signature', () => {
  it.each([
    ['RSA', rsa],
    ['Ed25519', createDkimSigner({ ...options, privateKey: pem('ed25519') })],
  ])('by %s holds before a receiver', async (_name, signer) => {
    const result = await verify(signer, signed(signer, email));
    expect(result?.status.result).toBe('pass');
    expect(result?.status.aligned).toBe('mail.example.com');
  });

  it('covers what RFC 8058 wants covered', async () => {
    const [, names = ''] = /h=([^;]+);/.exec(rsa.sign(email)) ?? [];
    const covered = names.replace(/\s/g, '').split(':');
    expect(covered).toEqual(
      expect.arrayContaining(['From', 'Subject', 'List-Unsubscribe', 'List-Unsubscribe-Post']),
    );
    const changed = signed(rsa, email).toString('latin1').replace('/u/token', '/u/other');
    const result = await verify(rsa, Buffer.from(changed, 'latin1'));
    expect(result?.status.result).toBe('fail');
  });

  it.each([
    ['the text is changed', (raw: string) => raw.replace('please', 'do not')],
    ['the subject is changed', (raw: string) => raw.replace('invitation', 'bill')],
    [
      'a second sender is added',
      (raw: string) => raw.replace('Precedence', 'From: eve@example.com\r\nPrecedence'),
    ],
    ['something is appended', (raw: string) => `${raw}and pay here\r\n`],
  ])('breaks when %s', async (_what, change) => {
    const raw = change(signed(rsa, email).toString('latin1'));
    const result = await verify(rsa, Buffer.from(raw, 'latin1'));
    expect(result?.status.result).not.toBe('pass');
  });

  it('survives what relays do to blanks and folds', async () => {
    const raw = signed(rsa, email)
      .toString('latin1')
      .replace('Subject: An   invitation ', 'subject:\tAn invitation')
      .replace('\r\n <ines@', ' <ines@')
      .replace('please  come.', 'please   come. ');
    const result = await verify(rsa, Buffer.from(raw, 'latin1'));
    expect(result?.status.result).toBe('pass');
  });

  it('holds for any body', async () => {
    const line = fc.constantFrom('', ' ', '\t', 'a', ' a', 'a ', 'a  b', '.', 'é', '\r', '=20');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const content = Buffer.from(`From: a@mail.example.com\r\n\r\n${lines.join('\r\n')}\r\n`);
        const result = await verify(rsa, signed(rsa, content));
        expect(result?.status.result).toBe('pass');
      }),
      { numRuns: 60 },
    );
  });

  it('is the same from a thread of the pool', async () => {
    const fixed = createDkimSigner({
      ...options,
      privateKey: pem('rsa'),
      now: () => 1_800_000_000,
    });
    const soon = await new Promise((resolve) => fixed.signSoon(email, resolve));
    expect(soon).toBe(fixed.sign(email));
    expect(soon).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed;\r\n/);
    for (const line of String(soon).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });
});

describe('the body as it is hashed', () => {
  it.each([
    ['', ''],
    ['\r\n\r\n', ''],
    ['a', 'a\r\n'],
    [' a \t b \r\n\r\n\r\n', ' a b\r\n'],
    ['\r\n\r\na\r\n', '\r\n\r\na\r\n'],
  ])('of %j is %j', (body, relaxed) => {
    expect(relaxBody(body)).toBe(relaxed);
  });
});

describe('a key', () => {
  it('that is too short, of the wrong kind or none is refused', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    for (const privateKey of [pem('rsa', 1_024), ec, 'nonsense', '']) {
      expect(() => createDkimSigner({ ...options, privateKey })).toThrow(DkimKeyError);
    }
  });

  it('is published under its selector', () => {
    expect(rsa.record.name).toBe('wedsync._domainkey.mail.example.com');
    expect(rsa.record.value).toMatch(/^v=DKIM1; k=rsa; p=MIIBIjAN[A-Za-z0-9+/]+=*$/);
  });
});
