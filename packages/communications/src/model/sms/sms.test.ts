import type { SmsPrice } from '@wedsync/contracts/communications-sms';
import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { estimateCost } from './cost.ts';
import { smsLanguageOf, smsWords } from './languages.ts';
import { findReplacements, replaceTypography } from './replacements.ts';
import { composeAnswer, composeSms } from './sms-text.ts';

const wedding = {
  title: 'Sintra 2027',
  partnerAName: 'Sofia',
  partnerBName: 'Daniel',
  date: null,
  venue: '',
  rsvpDeadline: null,
  locale: 'en',
};
const price = (country: string | null, microsPerSegment: number, currency = 'EUR') =>
  ({ country, microsPerSegment, currency }) as SmsPrice;

describe('segments', () => {
  it('agree with the calculator of a carrier for every text without combined letters', () => {
    const letter = fc.constantFrom(...'abc XYZ09\n@£$¥èéÅåΔΓÆß€{}[]~|^\\çãŁя漢—“🎉');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 400 }), (letters) => {
        const text = letters.join('');
        const theirs = new SegmentedMessage(text);
        const ours = countSmsSegments(text);
        expect(ours.encoding === 'gsm7' ? 'GSM-7' : 'UCS-2').toBe(theirs.encodingName);
        expect(ours.segments).toBe(theirs.segmentsCount);
      }),
      { numRuns: 500 },
    );
  });
});

describe('replacements', () => {
  it('bring a text of word processors back to GSM-7', () => {
    const text = '“Dear guests” – it’s on… 20\u00a0June • bring a coat';
    expect(countSmsSegments(text).encoding).toBe('ucs2');
    const plain = replaceTypography(text);
    expect(plain).toBe('"Dear guests" - it\'s on... 20 June - bring a coat');
    expect(countSmsSegments(plain).encoding).toBe('gsm7');
    expect(findReplacements(text)).toContainEqual({ from: '“', to: '"', count: 1 });
  });

  it('leave letters alone, because a name without its accent is another name', () => {
    expect(findReplacements('João, François, Łukasz, Σοφία, 山田')).toEqual([]);
  });

  it('are known to GSM-7 themselves, every one', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join('');
    for (const { to } of findReplacements(all)) expect(countSmsSegments(to).foreign).toEqual([]);
  });
});

describe('estimateCost', () => {
  const texts = [
    { country: 'PT', segments: 2 },
    { country: 'PT', segments: 1 },
    { country: 'US', segments: 1 },
    { country: null, segments: 4 },
  ];

  it('sums segments by country and money by currency, in whole micro-units', () => {
    const estimate = estimateCost(texts, [price('PT', 41_500), price('US', 7_900, 'USD')]);
    expect(estimate.countries).toEqual([
      { country: null, recipients: 1, segments: 4, cost: null },
      { country: 'PT', recipients: 2, segments: 3, cost: { micros: 124_500, currency: 'EUR' } },
      { country: 'US', recipients: 1, segments: 1, cost: { micros: 7_900, currency: 'USD' } },
    ]);
    expect(estimate.totals).toEqual([
      { currency: 'EUR', micros: 124_500 },
      { currency: 'USD', micros: 7_900 },
    ]);
    expect(estimate.unpriced).toEqual({ recipients: 1, segments: 4 });
  });

  it('says that nothing is known where the table is empty', () => {
    const { totals, unpriced } = estimateCost(texts, []);
    expect(totals).toEqual([]);
    expect(unpriced).toEqual({ recipients: 4, segments: 8 });
  });

  it('takes the price of all others where a country has none of its own', () => {
    const { totals } = estimateCost(texts, [price('PT', 10), price(null, 100)]);
    expect(totals).toEqual([{ currency: 'EUR', micros: 3 * 10 + 5 * 100 }]);
  });
});

describe('composeSms', () => {
  it('says how to stop on the first text only, in the language of the guest', () => {
    expect(composeSms({ body: 'Hallo!', language: 'de-AT', isFirst: true })).toBe(
      'Hallo!\nKeine SMS mehr? Antworte STOP.',
    );
    expect(composeSms({ body: 'Hallo!', language: 'de', isFirst: false })).toBe('Hallo!');
    expect(smsLanguageOf('el')).toBe('en');
  });

  it('is plain: no control characters, no runs of blank lines', () => {
    const body = ' A\u0000B\u202eC\r\n\r\n\r\n\r\nD \n👩\u200d🚀 ';
    expect(composeSms({ body, language: null, isFirst: false })).toBe('ABC\n\nD\n👩\u200d🚀');
  });

  it('cuts a text of a million characters, and keeps how to stop', () => {
    const text = composeSms({ body: '🎉'.repeat(500_000), language: 'en', isFirst: true });
    expect(text.length).toBeLessThanOrEqual(1_530);
    expect(text).toMatch(/^🎉+\nReply STOP to end these texts\.$/u);
  });
});

describe('what the installation says by itself', () => {
  it('is written in GSM-7 in every language and names STOP, START or the contact', () => {
    for (const [language, words] of Object.entries(smsWords)) {
      for (const text of Object.values(words)) {
        const { foreign, encoding } = countSmsSegments(text.replace(/[{}]/g, ''));
        expect({ language, text, foreign, encoding }).toMatchObject({ encoding: 'gsm7' });
      }
      expect(words.howToStop).toContain('STOP');
      expect(words.stopped).toMatch(/\{wedding\}.*START|START.*\{wedding\}/);
      expect(words.help).toContain('{contact}');
    }
  });

  it('names the couple and a contact', () => {
    const about = { wedding, contact: 'anna@planner.example', language: 'fr' };
    expect(composeAnswer('help', about)).toBe(
      'SMS sur Sofia & Daniel. Questions : anna@planner.example. Répondez STOP pour ne plus en recevoir.',
    );
    expect(composeAnswer('help', { ...about, contact: null })).not.toContain('Questions');
    const odd = { ...wedding, partnerAName: '$&', partnerBName: '' };
    expect(composeAnswer('stopped', { ...about, wedding: odd })).toContain('SMS sur $&.');
  });
});
