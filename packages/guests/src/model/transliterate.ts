import { foldAccents } from './fold.ts';
import { unmaskLookalikes } from './homoglyphs.ts';

/** Cyrillic → Latin as passports write it (ICAO 9303), the form most senders type. */
const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  і: 'i',
  ї: 'i',
  є: 'ie',
  ґ: 'g',
};
/** Greek → Latin (ISO 843, simplified). */
const greek: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};
/** German and Nordic writers spell their letters with two: `Müller` = `Mueller`. */
const doubled: readonly (readonly [RegExp, string])[] = [
  [/ä|æ/g, 'ae'],
  [/ö|ø|œ/g, 'oe'],
  [/ü/g, 'ue'],
  [/å/g, 'aa'],
];

const nonAscii = /\P{ASCII}/u;

function toLatin(text: string): string {
  let latin = '';
  for (const letter of text) latin += cyrillic[letter] ?? greek[letter] ?? letter;
  return latin;
}

/** A name for comparison: lower case, Latin, no accents, single spaces, no punctuation. */
export function nameKey(name: string): string {
  let text = name.toLowerCase();
  if (nonAscii.test(text))
    text = foldAccents(toLatin(unmaskLookalikes(name.normalize('NFC')).toLowerCase()));
  return text
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The same with `ü` → `ue`: how the name looks where umlauts are spelled out. */
export function spelledOutKey(name: string): string {
  let text = name.normalize('NFC').toLowerCase();
  if (!nonAscii.test(text)) return nameKey(name);
  for (const [letter, spelled] of doubled) text = text.replace(letter, spelled);
  return nameKey(text);
}

/**
 * A key in which transliterations of one name meet: `Müller`, `Mueller`, `Muller`; `Yulia`, `Iuliia`;
 * `Sergey`, `Sergei`; `Phillip`, `Filip`. Used for blocking, never as proof.
 */
export function soundKey(key: string): string {
  const known = soundKeys.get(key);
  if (known !== undefined) return known;
  const sound = toSound(key);
  if (soundKeys.size >= soundKeysMax) soundKeys.clear();
  soundKeys.set(key, sound);
  return sound;
}

/** The same few names are asked for in every block; twenty replacements each time are too many. */
const soundKeys = new Map<string, string>();
const soundKeysMax = 20_000;

function toSound(key: string): string {
  return key
    .replace(/ae|ä/g, 'a')
    .replace(/oe|ö/g, 'o')
    .replace(/ue|ü/g, 'u')
    .replace(/aa/g, 'a')
    .replace(/ph/g, 'f')
    .replace(/kh|gh/g, 'h')
    .replace(/sch|sh|ch|cz|tsch|tch/g, 's')
    .replace(/ck|q|c/g, 'k')
    .replace(/tz|ts|z/g, 's')
    .replace(/w/g, 'v')
    .replace(/iu|yu|ju/g, 'u')
    .replace(/ia|ya|ja/g, 'a')
    .replace(/[yj]/g, 'i')
    .replace(/h/g, '')
    .replace(/dt/g, 't')
    .replace(/(.)\1+/g, '$1')
    .replace(/ei|ey|ai|ay|ii/g, 'i');
}
