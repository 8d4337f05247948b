/** Lower case without accents; `ß` → `ss`, `ø` → `o`, `ł` → `l`, so that spellings meet. */
export function foldAccents(text: string): string {
  let folded = text.toLowerCase();
  // Most cells are plain ASCII; normalising those is the whole cost of folding a list.
  for (let index = 0; index < folded.length; index++) {
    if (folded.charCodeAt(index) > 127) {
      folded = folded
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .replace(/[ßøłđæœıþð’]/g, (letter) => strokes[letter] ?? letter);
      break;
    }
  }
  return folded;
}
const strokes: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  '’': "'",
};

/** A heading in the form of `headerWords`: words of folded letters and digits. */
export function foldHeader(header: string): string {
  return foldAccents(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Spaces (also no-break and ideographic ones) to one space, no control or zero-width characters. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t\r]|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
    .normalize('NFC');
}
