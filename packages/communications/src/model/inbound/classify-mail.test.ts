import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounceAddress } from '../../testing/inbound-reports.ts';
import { inboundSamples } from '../../testing/inbound-samples.ts';
import { bounceClassOf, classifyMail } from './classify-mail.ts';
import { readBytesMax } from './read-mail.ts';
import { meaningOf } from './status-codes.ts';

const samples = inboundSamples();

describe('what comes back to a bounce address', () => {
  it('is told apart, in more than two hundred samples', async () => {
    const wrong: string[] = [];
    for (const { name, raw, mailFrom, expected } of samples) {
      const found = await classifyMail(raw, mailFrom);
      const right = Object.entries(expected).every(
        ([key, value]) => Reflect.get(found, key) === value,
      );
      if (!right) wrong.push(`${name}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
    expect(samples.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });

  it('never takes an automatic answer for a bounce, nor a person for a machine', async () => {
    for (const { name, raw, mailFrom, expected } of samples) {
      if (expected.kind !== 'auto_replied' && expected.kind !== 'replied') continue;
      const { kind } = await classifyMail(raw, mailFrom);
      expect([name, ['bounced', 'deferred', 'complained'].includes(kind)]).toEqual([name, false]);
    }
  });

  it('names the large mail system that reported, and no private domain', async () => {
    const providers = await Promise.all(
      samples
        .filter(({ name }) => name.startsWith('complaint: abuse'))
        .map(async ({ raw, mailFrom }) =>
          Reflect.get(await classifyMail(raw, mailFrom), 'provider'),
        ),
    );
    expect(providers.toSorted()).toEqual(['microsoft', 'other', 'yahoo']);
  });

  it('is judged by its code and its words together', () => {
    expect(bounceClassOf('5.1.1', 'your message looks like spam')).toBe('blocked');
    expect(bounceClassOf('5.7.1', 'user unknown')).toBe('hard');
    expect(bounceClassOf('4.1.1', 'user unknown')).toBe('soft');
    expect(bounceClassOf('550', 'mailbox full')).toBe('soft');
    expect(bounceClassOf('', '')).toBe('soft');
    expect(meaningOf('5.1.1')).toBe('There is no such mailbox');
    expect(meaningOf('5.1.99')).toBe('Trouble with the address');
    expect(meaningOf('nonsense')).toBe('No further detail');
  });
});

describe('hostile mail', () => {
  const timed = async (raw: Buffer) => {
    const startedAt = process.cpuUsage();
    const found = await classifyMail(raw, '');
    const { user, system } = process.cpuUsage(startedAt);
    return { found, cpuMs: (user + system) / 1_000 };
  };
  const nested = (depth: number) => {
    let text = '';
    for (let level = 0; level < depth; level++) {
      text += `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`;
    }
    return Buffer.from(`From: a@b.example\r\nMIME-Version: 1.0\r\n${text}\r\nhello`);
  };
  const cases: [string, Buffer][] = [
    ['a thousand levels of parts', nested(1_000)],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(5_000_000)],
    ['a line of 20 MB', Buffer.alloc(20_000_000, 'a')],
    ['headers without end', Buffer.from('X-Header: value\r\n'.repeat(200_000))],
    ['a header of 1 MB', Buffer.from(`Subject: ${'a'.repeat(1_000_000)}\r\n\r\nhello`)],
    [
      'a part per line',
      Buffer.from(
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(100_000)}`,
      ),
    ],
    ['messages within messages', Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(5_000))],
    [
      'tags that never end',
      Buffer.from(`Content-Type: text/html\r\n\r\n${'<style <'.repeat(100_000)}`),
    ],
    ['words that nearly match', Buffer.from(`Subject: x\r\n\r\n${'user mailbox '.repeat(50_000)}`)],
    [
      'a report about ten thousand recipients',
      Buffer.from(
        `Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n'.repeat(10_000)}`,
      ),
    ],
  ];

  it.each(cases)('%s costs little and throws nothing', async (_name, raw) => {
    const { found, cpuMs } = await timed(raw);
    expect(found.kind).toBeTypeOf('string');
    expect(cpuMs).toBeLessThan(1_500);
  });

  it('is read no further than the first part of it', async () => {
    const late = Buffer.concat([
      Buffer.from(`From: a@b.example\r\nTo: ${bounceAddress}\r\nSubject: hi\r\n\r\n`),
      Buffer.alloc(readBytesMax, 'hello\r\n'),
      Buffer.from('Undelivered: 550 5.1.1 user unknown'),
    ]);
    expect((await classifyMail(late, 'a@b.example')).kind).toBe('replied');
  });

  it('cut or changed anywhere is still told apart without throwing', async () => {
    const raws = samples.map(({ raw }) => raw);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(raws.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uint8Array({ maxLength: 40 }),
        async (which, where, noise) => {
          const raw = raws[which] ?? Buffer.alloc(0);
          const at = Math.floor(raw.length * where);
          const broken = Buffer.concat([
            raw.subarray(0, at),
            noise,
            raw.subarray(at + noise.length),
          ]);
          expect((await classifyMail(broken, '')).kind).toBeTypeOf('string');
          expect((await classifyMail(raw.subarray(0, at), '')).kind).toBeTypeOf('string');
        },
      ),
      { numRuns: 200 },
    );
  });
});
