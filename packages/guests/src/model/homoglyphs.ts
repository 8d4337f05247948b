const scripts = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
} as const;

/** Cyrillic and Greek letters that look like Latin ones (Unicode TS 39, confusables). */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  һ: 'h',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ј: 'J',
  Ѕ: 'S',
  ο: 'o',
  ν: 'v',
  α: 'a',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
};

/**
 * A word that mixes alphabets (`Pаul` with a Cyrillic а) cannot be found by typing it. Returns the
 * word and its all-Latin look-alike; null when every word keeps to one alphabet.
 */
export function findMixedScript(text: string): { word: string; latin: string } | null {
  for (const word of text.split(/[\s\-–']+/)) {
    const used = Object.values(scripts).filter((script) => script.test(word)).length;
    if (used < 2) continue;
    return { word, latin: Array.from(word, (letter) => lookalikes[letter] ?? letter).join('') };
  }
  return null;
}

/** Look-alike letters to Latin, for comparing names only. */
export function unmaskLookalikes(text: string): string {
  return scripts.Latin.test(text) && (scripts.Cyrillic.test(text) || scripts.Greek.test(text))
    ? Array.from(text, (letter) => lookalikes[letter] ?? letter).join('')
    : text;
}
