import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDkimSigner } from '../model/dkim.ts';
import { checkAuthentication } from './authentication-check.ts';

const keyOf = () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const signer = createDkimSigner({
  domain: 'mail.example.org',
  selector: 's1',
  privateKey: keyOf(),
});
const content = Buffer.from(
  'From: "Ana" <hello@mail.example.org>\r\nTo: <a@example.com>\r\nSubject: Hello\r\nDate: Sat, 02 Jan 2027 03:04:05 +0000\r\nMessage-ID: <1@mail.example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n',
);
const goodZone = {
  [signer.record.name]: signer.record.value,
  'bounce.example.org': 'v=spf1 ip4:192.0.2.1 -all',
  '_dmarc.mail.example.org': 'v=DMARC1; p=reject',
};

async function check(zone: Record<string, string> | 'offline', change: object = {}) {
  const checks = await checkAuthentication({
    fromAddress: 'hello@mail.example.org',
    envelopeDomain: 'bounce.example.org',
    signer,
    content,
    resolver: async (name) => {
      if (zone === 'offline') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
      const record = zone[name];
      if (record === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
      return [[record]];
    },
    ...change,
  });
  return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
}

describe('the self-check of our mail', () => {
  it('passes where key, servers and policy stand in DNS', async () => {
    expect(await check(goodZone)).toEqual({
      dkim: 'pass',
      spf: 'pass',
      dmarc: 'pass',
      alignment: 'pass',
    });
  });

  it('says that nothing was checked where DNS cannot be asked', async () => {
    expect(await check('offline')).toEqual({
      dkim: 'not_checked',
      spf: 'not_checked',
      dmarc: 'not_checked',
      alignment: 'not_checked',
    });
  });

  it('fails where nothing stands there', async () => {
    expect(await check({})).toMatchObject({ dkim: 'fail', spf: 'fail', dmarc: 'fail' });
  });

  it('fails where another key stands there', async () => {
    const other = createDkimSigner({
      domain: 'mail.example.org',
      selector: 's1',
      privateKey: keyOf(),
    });
    const zone = { ...goodZone, [signer.record.name]: other.record.value };
    expect(await check(zone)).toMatchObject({ dkim: 'fail' });
  });

  it('warns where nobody signs and where the policy asks for nothing', async () => {
    const zone = { ...goodZone, '_dmarc.mail.example.org': 'v=DMARC1; p=none' };
    expect(await check(zone, { signer: undefined })).toMatchObject({ dkim: 'warn', dmarc: 'warn' });
  });

  it.each([
    ['v=spf1 +all', 'fail'],
    ['v=spf1 include:_spf.example.net', 'warn'],
    ['v=spf1 include:_spf.example.net ~all', 'pass'],
    ['something else', 'fail'],
  ])('judges the record %s: %s', async (record, verdict) => {
    expect(await check({ ...goodZone, 'bounce.example.org': record })).toMatchObject({
      spf: verdict,
    });
  });

  it('fails where neither signature nor return path belongs to the sender', async () => {
    const zone = { ...goodZone, '_dmarc.other.example': 'v=DMARC1; p=reject' };
    expect(await check(zone, { fromAddress: 'hello@other.example' })).toMatchObject({
      dmarc: 'pass',
      alignment: 'fail',
    });
  });
});
