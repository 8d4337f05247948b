import { smsLengthMax } from '@wedsync/contracts/communications-sms';
import { coupleNames, type MergeWedding } from '../merge-values.ts';
import { smsLanguageOf, smsWords } from './languages.ts';

/** One text, before it is known what it takes to send it. */
export interface SmsWording {
  /** The body with its merge fields filled in. */
  body: string;
  /** BCP 47; the household's, or the wedding's. */
  language: string | null;
  /** The number has had no text from this sender yet. */
  isFirst: boolean;
}

/** Everything that is no line end: a telephone shows it as a box, a carrier may refuse it. */
const controls = /[\p{Cc}\p{Cf}]/gu;
const isKept = new Set(['\n', '\u200d', '\u200c']);

/**
 * The text as it leaves: plain, without control characters or runs of blank lines. The first one to
 * a number ends with how to stop, in the guest's language; where both do not fit, the body is cut.
 */
export function composeSms({ body, language, isFirst }: SmsWording): string {
  const text = body
    .replace(/\r\n?/g, '\n')
    .replace(controls, (character) => (isKept.has(character) ? character : ''))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (!isFirst) return cut(text, smsLengthMax);
  const { howToStop } = smsWords[smsLanguageOf(language)];
  return `${cut(text, smsLengthMax - howToStop.length - 1)}\n${howToStop}`;
}

/** Never in the middle of a character. */
function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const isPair = /[\ud800-\udbff]/.test(text[lengthMax - 1] ?? '');
  return text.slice(0, isPair ? lengthMax - 1 : lengthMax);
}

export type SmsAnswer = 'stopped' | 'started' | 'help';

/** What the installation answers by itself to somebody who wrote STOP, START or HELP. */
export function composeAnswer(
  answer: SmsAnswer,
  about: { wedding: MergeWedding; contact: string | null; language: string | null },
): string {
  const words = smsWords[smsLanguageOf(about.language)];
  const name = coupleNames(about.wedding) || about.wedding.title;
  const pattern = answer === 'help' && !about.contact ? words.helpWithoutContact : words[answer];
  // A function, because a name may hold what `replace` takes for a pattern.
  return cut(
    pattern.replace('{wedding}', () => name).replace('{contact}', () => about.contact ?? ''),
    smsLengthMax,
  );
}
