import { isAscii } from 'node:buffer';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { assembleEmail } from '../assemble-email.ts';
import { type MergeGuest, type MergeRecipient, mergeValues } from '../merge-values.ts';
import { compileWording } from '../wording.ts';
import { compileEmail, type EmailFrame, type EmailWording } from './compile-email.ts';
import { AddressError } from './mail-address.ts';
import { outboundEmail, RenderError, renderEmail } from './render-email.ts';

const wedding = {
  title: 'Ana & Tom',
  partnerAName: 'Ana',
  partnerBName: 'Tomás',
  date: '2027-06-12',
  venue: 'Quinta <do> Lago',
  rsvpDeadline: '2027-04-30',
  locale: 'en',
};
const frame: EmailFrame = {
  kind: 'invitation',
  wedding,
  language: 'en',
  senderAddress: 'Fairlight & Söhne\n1 Harbour Street',
  fromAddress: 'no-reply@mail.example.com',
  replyTo: 'couple@example.com',
  feedbackId: 'message:wedding:invitation:wedsync',
};
const wording: EmailWording = {
  subject: '{{ names }}, you are invited by {{ couple_names }}',
  body: `{{ events }}

Dear {{ names }},
.we look forward to {{ wedding_date }} at {{ venue }}. See {{ rsvp_link }}, and www.

{{ rsvp_link }}

  {{ first_name }}=
{{ last_name }} of {{household_name}}   and trailing blanks   

With love`,
  html: null,
};

const guest = (over: Partial<MergeGuest> = {}): MergeGuest => ({
  title: '',
  firstName: 'Inês',
  lastName: 'Almeida',
  ...over,
});
const recipientOf = (over: Partial<MergeRecipient> = {}): MergeRecipient => ({
  guest: guest(),
  companions: [{ title: '', firstName: 'Rui', lastName: 'Almeida' }],
  householdName: 'The Almeidas',
  events: [
    { name: 'Ceremony', startsOn: '2027-06-12', startsAt: '16:00:00', venue: 'Chapel' },
    { name: 'Dinner', startsOn: '2027-06-12', startsAt: '19:00:00', venue: 'Hall' },
  ],
  rsvpLink: 'https://example.com/r/abcdefghijklmnopqrstuv',
  ...over,
});
const id = '01890f5e-0000-7000-8000-000000000000';
const target = (recipient: MergeRecipient, over: { name?: string; address?: string } = {}) => {
  const fields = mergeValues(wedding, recipient);
  return {
    id,
    to: { name: over.name ?? fields.full_name, address: over.address ?? 'ines@example.com' },
    unsubscribeUrl: 'https://example.com/u/abcdefghijklmnopqrstuv' as string | null,
    date: new Date('2027-01-02T03:04:05Z'),
    fields,
  };
};

const compiled = compileEmail(frame, wording);
const parse = (raw: Buffer) => PostalMime.parse(raw);
const unix = (text: string | undefined) => (text ?? '').replaceAll('\r\n', '\n');

function expectConformity(raw: Buffer) {
  const text = raw.toString('latin1');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text.endsWith('\r\n')).toBe(true);
  for (const line of text.split('\r\n')) {
    if (!line.startsWith('List-Unsubscribe: ')) expect(line.length).toBeLessThanOrEqual(78);
    expect(line.length).toBeLessThanOrEqual(998);
    expect(line.startsWith('.')).toBe(false);
  }
}

/** What the template engine and the layout make of it, without any of the code under test. */
function expected(recipient: MergeRecipient, used: EmailWording = wording) {
  return assembleEmail(
    { ...frame, wording: compileWording(used) },
    {
      id,
      address: 'ines@example.com',
      recipient,
      unsubscribeUrl: target(recipient).unsubscribeUrl,
    },
  );
}

async function expectSameAsEngine(recipient: MergeRecipient, used: EmailWording = wording) {
  const raw = renderEmail(
    used === wording ? compiled : compileEmail(frame, used),
    target(recipient),
  );
  expectConformity(raw);
  const parsed = await parse(raw);
  const worded = expected(recipient, used);
  expect(parsed.subject ?? '').toBe(worded.subject);
  expect(unix(parsed.text)).toBe(`${worded.text}\n`);
  expect(unix(parsed.html)).toBe(`${worded.html}\n`);
}

describe('an e-mail in pieces', () => {
  it('is what the template engine and the layout would have made', async () => {
    expect(compiled.wording.kind).toBe('pieces');
    await expectSameAsEngine(recipientOf());
  });

  it('leaves out a paragraph that is empty for a guest, wherever it stands', async () => {
    const recipient = recipientOf({ events: [] });
    await expectSameAsEngine(recipient);
    await expectSameAsEngine(recipient, { ...wording, body: 'Hello\n\n{{ events }}\n\nBye' });
    await expectSameAsEngine(recipient, { ...wording, body: 'Hello\n\n{{ events }}' });
  });

  it('says the same for any names', async () => {
    // A link in a name becomes one only in the engine's way, which sees the name in the text.
    const name = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .filter((text) => !/https?:/.test(text) && !/[\uFDD0-\uFDEF]/.test(text));
    await fc.assert(
      fc.asyncProperty(name, name, name, async (firstName, lastName, householdName) => {
        await expectSameAsEngine(
          recipientOf({ guest: guest({ firstName, lastName }), householdName }),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('survives every sequence of UTF-16 units', async () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(units, async (codes) => {
        const name = String.fromCharCode(...codes);
        const recipient = recipientOf({ guest: guest({ firstName: name }) });
        const raw = renderEmail(compiled, target(recipient, { name }));
        expectConformity(raw);
        const { headers } = await parse(raw);
        expect(headers.map(({ key }) => key)).toEqual(headersInOrder);
      }),
      { numRuns: 100 },
    );
  });
});

const headersInOrder = [
  'date',
  'from',
  'reply-to',
  'to',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'subject',
  'auto-submitted',
  'x-auto-response-suppress',
  'precedence',
  'feedback-id',
  'mime-version',
  'content-type',
];

describe('the headers', () => {
  it('are those of bulk mail that can be unsubscribed from and that nobody answers by machine', async () => {
    const parsed = await parse(renderEmail(compiled, target(recipientOf())));
    expect(parsed.headers.map(({ key }) => key)).toEqual(headersInOrder);
    const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
    expect(parsed.from).toMatchObject({
      name: 'Ana & Tomás',
      address: 'no-reply@mail.example.com',
    });
    expect(parsed.to).toMatchObject([{ name: 'Inês Almeida', address: 'ines@example.com' }]);
    expect(parsed.messageId).toBe(`<${id}@mail.example.com>`);
    expect(header('date')).toBe('Sat, 02 Jan 2027 03:04:05 +0000');
    expect(header('list-unsubscribe')).toBe('<https://example.com/u/abcdefghijklmnopqrstuv>');
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('auto-submitted')).toBe('auto-generated');
  });

  it('offer nothing to unsubscribe from where there is nothing', async () => {
    const raw = renderEmail(compiled, { ...target(recipientOf()), unsubscribeUrl: null });
    const { headers, html, text } = await parse(raw);
    expect(headers.some(({ key }) => key.startsWith('list-'))).toBe(false);
    expect(html).not.toContain('Unsubscribe');
    expect(text).not.toContain('Unsubscribe');
  });

  it.each([
    ['a line end', 'Eve\r\nBcc: victim@example.com'],
    ['a bare line feed', 'Eve\nBcc: victim@example.com'],
    ['a bare carriage return', 'Eve\rBcc: victim@example.com'],
    ['other line separators', 'Eve\u2028Bcc: a@example.com\u0085Bcc: b@example.com\u000bX: y'],
    ['an encoded word', '=?UTF-8?Q?=0D=0ABcc:_victim@example.com?='],
    ['quotes and brackets', '"Eve" <eve@example.com>, victim@example.com'],
  ])('cannot be added to by a name with %s', async (_what, name) => {
    const recipient = recipientOf({ guest: guest({ firstName: name, lastName: '' }) });
    const raw = renderEmail(compiled, target(recipient));
    expectConformity(raw);
    const parsed = await parse(raw);
    expect(parsed.headers.map(({ key }) => key)).toEqual(headersInOrder);
    expect(parsed.to).toHaveLength(1);
    expect(parsed.to?.[0]?.address).toBe('ines@example.com');
    expect(parsed.bcc).toBeUndefined();
  });

  it.each([
    ['short', 'Hello'],
    ['long and plain', 'word '.repeat(60).trim()],
    ['one endless word', 'x'.repeat(300)],
    ['long and accented', 'Große Überraschung für Zoë '.repeat(10).trim()],
    ['of another script', '私たちの結婚式にご招待します。'.repeat(6)],
    ['made of emoji families', '👨‍👩‍👧‍👦💍'.repeat(20)],
    ['like an encoded word', '=?utf-8?q?not_one?= but text'],
  ])('carry a subject that is %s', async (_what, subject) => {
    const raw = renderEmail(compileEmail(frame, { ...wording, subject }), target(recipientOf()));
    expectConformity(raw);
    expect((await parse(raw)).subject).toBe(subject.slice(0, 400));
  });
});

describe('the address', () => {
  it('of the sender is ASCII in every header, or the message is not made at all', () => {
    const abroad = compileEmail({ ...frame, fromAddress: 'hallo@bücher.example' }, wording);
    const raw = renderEmail(abroad, target(recipientOf()));
    expect(isAscii(raw)).toBe(true);
    expect(raw.toString()).toContain(`Message-ID: <${id}@xn--bcher-kva.example>`);
    for (const fromAddress of ['jürgen@example.com', 'a@b.example\r\nBcc: c@d.example', '']) {
      expect(() => compileEmail({ ...frame, fromAddress }, wording)).toThrow(AddressError);
    }
  });

  it('has its domain in ASCII form', () => {
    const email = outboundEmail(
      compiled,
      target(recipientOf(), { address: 'info@bücher.example' }),
      {
        id: id as never,
        envelopeFrom: 'b@bounce.example.com',
      },
    );
    expect(email).toMatchObject({
      envelopeTo: 'info@xn--bcher-kva.example',
      needsSmtpUtf8: false,
    });
    expect(isAscii(email.content)).toBe(true);
  });

  it('asks for SMTPUTF8 only for a local part beyond ASCII', async () => {
    const email = outboundEmail(
      compiled,
      target(recipientOf(), { address: 'jürgen@example.com' }),
      {
        id: id as never,
        envelopeFrom: 'b@bounce.example.com',
      },
    );
    expect(email).toMatchObject({ envelopeTo: 'jürgen@example.com', needsSmtpUtf8: true });
    expect((await parse(email.content)).to?.[0]?.address).toBe('jürgen@example.com');
  });

  it.each([
    'no-at.example.com',
    'a@b@',
    'a b@example.com',
    'a@exam ple.com',
    'a@example.com\r\nRCPT TO:<victim@example.com>',
    'a\r\n@example.com',
    '<a@example.com>',
    'a>,<b@example.com',
    '@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a@-example.com',
    'a@example..com',
    'a\u200b@example.com',
    'a@xn--\u0000.com',
    `${'x'.repeat(65)}@example.com`,
    `a@${'x'.repeat(64)}.com`,
    '',
  ])('%j is refused, for this guest alone', (address) => {
    expect(() => renderEmail(compiled, target(recipientOf(), { address }))).toThrow(AddressError);
    expect(renderEmail(compiled, target(recipientOf())).length).toBeGreaterThan(1_000);
  });
});

describe('a guest that cannot be written to', () => {
  it('may have a name of a megabyte', async () => {
    const recipient = recipientOf({
      guest: guest({ firstName: '💍'.repeat(500_000), lastName: 'y'.repeat(1_000_000) }),
    });
    const raw = renderEmail(compiled, target(recipient, { name: 'z'.repeat(1_000_000) }));
    expectConformity(raw);
    expect(raw.length).toBeLessThan(40_000);
    expect((await parse(raw)).to?.[0]?.name).toBe('z'.repeat(200));
  });

  it('fails alone where a link or an id is not one', () => {
    const good = target(recipientOf());
    const evil = 'https://example.com/u/x>\r\nBcc: victim@example.com';
    expect(() => renderEmail(compiled, { ...good, unsubscribeUrl: evil })).toThrow(RenderError);
    expect(() => renderEmail(compiled, { ...good, id: 'a@b>\r\nX: y' })).toThrow(RenderError);
  });
});

describe('wording with conditions', () => {
  const conditional = {
    ...wording,
    body: 'Dear {{ names | upcase }},{% if events != "" %}\n\n{{ events }}{% endif %}\n\n{{ rsvp_link }}',
  };

  it('is rendered by the engine for each guest', async () => {
    expect(compileEmail(frame, conditional).wording.kind).toBe('engine');
    await expectSameAsEngine(recipientOf(), conditional);
    await expectSameAsEngine(recipientOf({ events: [] }), conditional);
  });
});

describe('a document of its own', () => {
  const html = `<!doctype html><html><body><h1 title="{{ names }}">{{ couple_names }}</h1>
<p>{{ events }}</p><a href="{{ rsvp_link }}">{{ venue }}</a></BODY></html>`;
  const evil = recipientOf({ guest: guest({ firstName: '<img src=x onerror="alert(1)">' }) });

  it.each([
    ['in pieces', html],
    [
      'with conditions',
      html.replace('<p>', '{% if names %}<p>').replace('</p>', '</p>{% endif %}'),
    ],
  ])('keeps its merge fields, escaped, and gets the legal foot (%s)', async (_how, document) => {
    const raw = renderEmail(compileEmail(frame, { ...wording, html: document }), target(evil));
    expectConformity(raw);
    const parsed = await parse(raw);
    expect(parsed.html).not.toContain('<img');
    expect(parsed.html).toContain(
      '<h1 title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt; and Rui">',
    );
    expect(parsed.html).toContain('Ana &amp; Tomás</h1>');
    expect(unix(parsed.html)).toContain('Chapel<br>\nDinner');
    expect(parsed.html).toContain(
      '<a href="https://example.com/r/abcdefghijklmnopqrstuv">Quinta &lt;do&gt; Lago</a>',
    );
    expect(parsed.html).toMatch(/1 Harbour Street.*Unsubscribe from these e-mails.*<\/BODY>/s);
    expect(parsed.text).toContain('With love');
  });
});
