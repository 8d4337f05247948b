import type { InboundMeaning } from '@wedsync/contracts/communications-sms';
import { fillerWords, type WordTable, wordsOf, wordsOfAll } from './inbound-words.ts';
import { type SmsLanguage, smsLanguageOf, smsLanguages } from './languages.ts';
import { phrasesOf } from './opt-out-phrases.ts';

export interface UnderstoodText {
  meaning: InboundMeaning;
  /** The language it was said in, where the words tell. */
  language: SmsLanguage | null;
}

/** Longest text whose meaning is looked for; people who want out say it within a few lines. */
const readMax = 1_000;
const wordedMax = 6;

const letterFor: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ı: 'i',
};

/**
 * A text as the rules see it: lower case, letters without accents, `don't` as `dont` and `m'envoyer`
 * as `m envoyer`, single spaces, nothing but letters and digits.
 */
export function foldText(text: string): string {
  return text
    .slice(0, readMax)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßøłæœđı]/g, (letter) => letterFor[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{L}{2})['’‘`´](t|s|re|ll|ve|d|m)(?!\p{L})/gu, '$1$2')
    .replace(/\bi['’‘`´](m|d|ll|ve)\b/g, 'i$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `S T O P` and `sto-p` as one word; `STOOOP!!` as `stop`. */
function joinSpelled(folded: string): string {
  const isSpelled = /^(\p{L} )+\p{L}$/u.test(folded);
  const word = isSpelled ? folded.replaceAll(' ', '') : folded;
  return /^s+t+o+p+$/.test(word) ? 'stop' : word;
}

/** Whether the text is one of the words, with nothing but courtesies around it, perhaps repeated. */
function isWord(folded: string, words: readonly string[]): boolean {
  if (words.includes(folded)) return true;
  const rest = folded.split(' ').filter((token) => !fillerWords.has(token));
  if (rest.length === 0 || rest.length > wordedMax) return false;
  const single = rest.every((token) => token === rest[0]) ? rest[0] : undefined;
  return words.includes(rest.join(' ')) || (single !== undefined && words.includes(single));
}

type Kind = 'stop' | 'start' | 'help';

function wordsFor(table: WordTable, kind: Kind, isHome: boolean): readonly string[] {
  return kind === 'stop' && isHome ? [...table.stop, ...(table.stopAtHome ?? [])] : table[kind];
}

function findWord(folded: string, home: SmsLanguage): UnderstoodText | undefined {
  const order = [home, ...smsLanguages.filter((language) => language !== home)];
  for (const kind of ['stop', 'start', 'help'] as const) {
    if (isWord(folded, wordsOfAll[kind])) return { meaning: kind, language: null };
    for (const language of order) {
      const words = wordsFor(wordsOf[language], kind, language === home);
      if (isWord(folded, words)) return { meaning: kind, language };
    }
  }
  return undefined;
}

/**
 * STOP as a sentence of its own in a longer text: in capitals anywhere ("Who is this? STOP. Thanks"),
 * or in any letters at the end. "Stop, I'm crying!" is joy, and "Reply STOP" quotes us.
 */
function hasStopSentence(text: string): boolean {
  const sentences = text
    .slice(0, readMax)
    .split(/[.!?,;:\n–—]+/)
    .map((part) => part.trim());
  const said = sentences.filter((sentence) => sentence !== '');
  const isShouted = text === text.toUpperCase();
  return said.some((sentence, index) => {
    if (joinSpelled(foldText(sentence)) !== 'stop') return false;
    return index === said.length - 1 || (!isShouted && /^STOP$/.test(sentence));
  });
}

function findPhrase(folded: string, home: SmsLanguage): SmsLanguage | undefined {
  const order = [home, ...smsLanguages.filter((language) => language !== home)];
  return order.find((language) => {
    const { stops, unless } = phrasesOf[language];
    return stops.some((rule) => rule.test(folded)) && !unless.some((rule) => rule.test(folded));
  });
}

/**
 * What somebody means by a text. Deterministic: a table of words for texts that are nothing else,
 * and a table of phrases for wishes to be left alone. What is not clearly one of them is `other`
 * and is shown to a person.
 * @param language of the guest, BCP 47; decides about words that mean different things
 */
export function understandText(text: string, language: string | null = null): UnderstoodText {
  const home = smsLanguageOf(language);
  if (text.trim() === '?') return { meaning: 'help', language: null };
  const folded = joinSpelled(foldText(text));
  const word = findWord(folded, home);
  if (word) return word;
  if (hasStopSentence(text)) return { meaning: 'stop', language: null };
  const spoken = findPhrase(folded, home);
  return spoken ? { meaning: 'stop', language: spoken } : { meaning: 'other', language: null };
}
