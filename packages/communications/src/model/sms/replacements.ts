import type { SmsReplacement } from '@wedsync/contracts/communications-sms';

/**
 * Typographic characters that word processors put in unasked, with what GSM-7 has for them. Letters
 * are not here: a name without its accent is another name.
 */
const plainFor = new Map<string, string>([
  ...[...'“”„‟«»″'].map((mark) => [mark, '"'] as const),
  ...[...'‘’‚‛‹›′`´'].map((mark) => [mark, "'"] as const),
  ...[...'–—―−‐‑‒'].map((dash) => [dash, '-'] as const),
  ...[...'\u00a0\u202f\u2007\u2008\u2009\u200a\u2002\u2003\u3000\t'].map(
    (gap) => [gap, ' '] as const,
  ),
  ...[...'\u200b\u2060\ufeff\u00ad'].map((nothing) => [nothing, ''] as const),
  ...[...'•·‣◦'].map((bullet) => [bullet, '-'] as const),
  ['…', '...'],
  ['×', 'x'],
  ['⁄', '/'],
  ['\u2028', '\n'],
  ['\u2029', '\n\n'],
]);

/** What could be written differently without a change of meaning, in order of appearance. */
export function findReplacements(text: string): SmsReplacement[] {
  const found = new Map<string, SmsReplacement>();
  for (const from of text) {
    const to = plainFor.get(from);
    if (to === undefined) continue;
    const known = found.get(from);
    if (known) known.count += 1;
    else found.set(from, { from, to, count: 1 });
  }
  return [...found.values()];
}

/** The text with all of them made. */
export function replaceTypography(text: string): string {
  let plain = '';
  for (const character of text) plain += plainFor.get(character) ?? character;
  return plain;
}
