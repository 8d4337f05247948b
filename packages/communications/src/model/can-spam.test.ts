import { describe, expect, it } from 'vitest';
import { type LegalFacts, scoreCanSpam } from './can-spam.ts';

const unsubscribeUrl = 'https://example.com/u/abcdefghijklmnopqrstuv';
const good: LegalFacts = {
  purpose: 'commercial',
  from: { name: 'Ana & Tom', address: 'hello@mail.example.com' },
  replyTo: 'planner@example.com',
  senderAddress: 'Fairlight Weddings\n1 Harbour Street, Lisbon',
  subject: 'Advertisement: an album of our wedding',
  text: `Dear Inês, our photographer offers an album of the wedding to every guest who would like one.\n\n-- \nFairlight Weddings\n1 Harbour Street, Lisbon\nUnsubscribe: ${unsubscribeUrl}`,
  html: `<p>Dear Inês</p><a href="https://example.com/album">https://example.com/album</a><a href="${unsubscribeUrl}">Unsubscribe</a>`,
  headers: `From: "Ana & Tom"\r\n <hello@mail.example.com>\r\nList-Unsubscribe: <${unsubscribeUrl}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`,
  unsubscribeUrl,
  optedOut: 2,
};
const failed = (change: Partial<LegalFacts>) =>
  scoreCanSpam({ ...good, ...change })
    .items.filter(({ passed }) => !passed)
    .map(({ id }) => id);

describe('the score', () => {
  it('is 100 where nothing is wrong: seven checks, three heuristics, a line of evidence each', () => {
    const { score, items, binding } = scoreCanSpam(good);
    expect({ score, binding }).toEqual({ score: 100, binding: true });
    expect(items.filter(({ kind }) => kind === 'check')).toHaveLength(7);
    expect(items.filter(({ kind }) => kind === 'heuristic')).toHaveLength(3);
    for (const { evidence } of items) expect(evidence).not.toBe('');
  });

  it('does not claim that the law binds a couple that writes to its guests', () => {
    const { binding, score } = scoreCanSpam({
      ...good,
      purpose: 'relationship',
      subject: 'Our album',
    });
    expect({ binding, score }).toEqual({ binding: false, score: 100 });
  });

  it.each([
    ['sender', { from: { name: '', address: 'hello@mail.example.com' } }],
    ['sender', { from: { name: 'Ana', address: 'other@mail.example.com' } }],
    ['reply', { replyTo: 'no-reply@example.com' }],
    ['postal-address', { senderAddress: 'Fairlight Weddings' }],
    ['opt-out', { html: '<p>nothing</p>' }],
    ['one-click', { headers: good.headers.replace('https:', 'http:') }],
    ['one-click', { headers: good.headers.replace('One-Click', 'Two-Clicks') }],
    ['identified', { subject: 'An album of our wedding' }],
    ['subject', { subject: 'Re: advertisement, our wedding album' }],
    ['subject', { subject: 'ADVERTISEMENT FOR THE WEDDING ALBUM' }],
    ['subject', { subject: 'Advertisement: our wedding album!!!' }],
    ['match', { subject: 'Promotion: xylophones' }],
    [
      'content',
      {
        html: `<a href="https://evil.example/x">www.bank.example</a><a href="${unsubscribeUrl}">x</a>`,
      },
    ],
  ] as const)('loses the point %s', (id, change) => {
    expect(failed(change)).toEqual([id]);
    expect(scoreCanSpam({ ...good, ...change }).score).toBe(90);
  });

  it('falls with everything that depends on the way out', () => {
    const lost = failed({ unsubscribeUrl: null, headers: 'From: hello@mail.example.com\r\n' });
    expect(lost).toEqual(['opt-out', 'one-click', 'honoured']);
  });
});
