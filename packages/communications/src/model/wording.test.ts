import { mergeFields } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { describe, expect, it } from 'vitest';
import { defaultTemplates } from './default-templates.ts';
import { mergeValues } from './merge-values.ts';
import { checkWording, compileWording, singleLine, wordingIssues } from './wording.ts';

const wedding = {
  title: 'Ana & Tom',
  partnerAName: 'Ana',
  partnerBName: 'Tom',
  date: '2027-06-12',
  venue: 'Quinta do Lago',
  rsvpDeadline: '2027-04-30',
  locale: 'en',
};
const recipient = {
  guest: { title: '', firstName: 'Inês', lastName: 'Almeida' },
  companions: [{ title: '', firstName: 'Rui', lastName: 'Almeida' }],
  householdName: 'The Almeidas',
  events: [{ name: 'Ceremony', startsOn: '2027-06-12', startsAt: '16:00:00', venue: 'Chapel' }],
  rsvpLink: 'https://example.com/r/token',
};
const values = mergeValues(wedding, recipient);
const render = (body: string, subject = 'Hello') =>
  compileWording({ subject, body }).render(values);

describe('checking wording', () => {
  it('names the line of an unknown field and suggests the one that was meant', () => {
    const issues = wordingIssues({ subject: 'Hi', body: 'Dear\n\n{{ first_nam }},\nhello' });
    expect(issues).toEqual([
      {
        path: 'body',
        line: 3,
        message: '{{ first_nam }} is not a merge field. Did you mean {{ first_name }}?',
      },
    ]);
  });

  it('refuses a property of a field, because fields are plain text', () => {
    expect(wordingIssues({ subject: '{{ names.size }}', body: 'x' })).toMatchObject([
      { path: 'subject', line: 1 },
    ]);
  });

  it.each([
    ['an unclosed placeholder', 'one\ntwo {{ names'],
    ['an unclosed condition', 'one\n{% if names %}two'],
    ['an unknown filter', 'one\n{{ names | upcas }}'],
    ['a loop', 'one\n{% for i in (1..1000000) %}x{% endfor %}'],
    ['an assignment', 'one\n{% assign a = names %}'],
    ['an include', "one\n{% include '/etc/passwd' %}"],
    ['a layout', "one\n{% layout 'x' %}"],
    ['a filter that computes secrets', "one\n{{ names | hmac_sha256: 'k' }}"],
  ])('refuses %s and says where', (_what, body) => {
    expect(wordingIssues({ subject: 'Hi', body })).toMatchObject([{ path: 'body', line: 2 }]);
  });

  it('says it in words and carries every issue', () => {
    const attempt = () => checkWording({ subject: '{{ nam }}', body: '{{ qqqqqqqqq }}' });
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow('Subject, line 1: {{ nam }} is not a merge field.');
  });

  it('accepts the templates that every wedding starts with', () => {
    for (const { wordings } of defaultTemplates('en')) {
      for (const wording of wordings) expect(wordingIssues(wording)).toEqual([]);
    }
  });

  it('accepts every documented field', () => {
    const body = mergeFields.map(({ name }) => `{{ ${name} }}`).join('\n');
    expect(wordingIssues({ subject: 'x', body })).toEqual([]);
  });

  it('survives any mixture of its own signs', () => {
    const pieces = [
      '{{',
      '}}',
      '{%',
      '%}',
      ' names ',
      ' if ',
      'endif',
      '|',
      '\n',
      '"',
      '.',
      ':',
      '-',
    ];
    let seed = 42;
    // A linear congruential generator (Numerical Recipes): the same texts in every run.
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let run = 0; run < 2_000; run++) {
      const body = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
      for (const issue of wordingIssues({ subject: 'x', body })) {
        expect(issue.line).toBeGreaterThanOrEqual(1);
        expect(issue.message).not.toBe('');
      }
    }
  });
});

describe('rendering wording', () => {
  it('fills fields and keeps conditions', () => {
    expect(render('Dear {{ names }},{% if events != "" %} {{ events }}{% endif %}').body).toBe(
      'Dear Inês and Rui, Ceremony, Saturday, 12 June 2027, 16:00, Chapel',
    );
  });

  it('never lets a name start a new header', () => {
    const evil = mergeValues(wedding, {
      ...recipient,
      guest: { title: '', firstName: 'A\r\nBcc: victim@example.com', lastName: 'B\u0000\u2028C' },
    });
    const { subject } = compileWording({ subject: 'Hi {{ full_name }}', body: 'x' }).render(evil);
    expect(subject).toBe('Hi A Bcc: victim@example.com B C');
    expect(subject).not.toMatch(/\p{Cc}/u);
  });

  it('does not run what stands in a name', () => {
    const evil = mergeValues(wedding, {
      ...recipient,
      guest: { title: '', firstName: '{{ rsvp_link }}{% raw %}', lastName: '' },
    });
    expect(compileWording({ subject: 'x', body: '{{ first_name }}' }).render(evil).body).toBe(
      '{{ rsvp_link }}{% raw %}',
    );
  });

  it('bounds a name of a megabyte', () => {
    const huge = mergeValues(wedding, {
      ...recipient,
      guest: { title: '', firstName: 'x'.repeat(1_000_000), lastName: '' },
    });
    expect(huge.full_name.length).toBeLessThanOrEqual(300);
  });

  it('makes a single line of anything', () => {
    const every = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
    expect(singleLine(`a${every}b`)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(singleLine(' a\r\n\tb ')).toBe('a b');
  });
});
