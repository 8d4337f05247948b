import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@wedsync/platform/log';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, describe, expect, it } from 'vitest';
import { createEmail, createEmailList } from '../testing/email-list.ts';
import { startScriptedSmtp } from '../testing/scripted-smtp.ts';
import { openDkimSigner, openMailTransport } from './mail-transport.ts';

const dir = mkdtempSync(join(tmpdir(), 'wedsync-dkim-'));
afterAll(() => rmSync(dir, { recursive: true }));
const keyFile = join(dir, 'dkim.pem');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));

const dkim = {
  keyFile,
  selector: 'wedsync',
  domain: undefined,
  mailFrom: 'WedSync <hi@bücher.example>',
};

describe.each(['smtp', 'nodemailer'] as const)('the way out by %s', (kind) => {
  it('signs for the domain of the sender', async () => {
    const server = await startScriptedSmtp();
    const transport = openMailTransport({
      kind,
      smtpUrl: server.url,
      dkim,
      publicUrl: 'https://app.weddings.example',
      hasReturnPath: true,
      log: createLogger({ service: 'test', level: 'silent' }),
    });
    const emails = Array.from({ length: 20 }, () => createEmail());
    const list = createEmailList(emails);
    await transport.send(list, new AbortController().signal);
    await transport.close();
    await server.close();
    expect(transport.name).toBe(kind);
    expect(list.tally()).toEqual({ accepted: 20 });
    const { record } = openDkimSigner(dkim);
    expect(record.name).toBe('wedsync._domainkey.xn--bcher-kva.example');
    for (const { data } of server.stored) {
      const { results } = await dkimVerify(Buffer.from(data, 'latin1'), {
        resolver: async () => [[record.value]],
      });
      expect(results[0]?.status.result).toBe('pass');
    }
  });
});

describe('our client', () => {
  it('calls itself by the public name and asks for reports where they can come back', async () => {
    const server = await startScriptedSmtp();
    const transport = openMailTransport({
      kind: 'smtp',
      smtpUrl: server.url,
      dkim: undefined,
      publicUrl: 'https://app.weddings.example',
      hasReturnPath: true,
      log: createLogger({ service: 'test', level: 'silent' }),
    });
    await transport.send(createEmailList([createEmail()]), new AbortController().signal);
    await transport.close();
    await server.close();
    expect(server.lines[0]?.[0]).toBe('EHLO app.weddings.example');
    expect(server.lines[0]?.[2]).toContain(' NOTIFY=FAILURE,DELAY ');
  });
});

describe('a key file', () => {
  it.each([
    ['is not there', join(dir, 'missing.pem')],
    ['holds no key', import.meta.filename],
  ])('that %s is named when the worker starts', (_what, file) => {
    expect(() => openDkimSigner({ ...dkim, keyFile: file })).toThrow(
      expect.objectContaining({ code: 'communications.dkim-key', kind: 'precondition' }),
    );
  });
});
