/** What can be said in several languages. */
export interface InLanguage {
  language: string;
}

const shorter = (tag: string) => {
  const cut = tag.lastIndexOf('-');
  return cut < 0 ? undefined : tag.slice(0, cut);
};

/**
 * The best of several texts for a reader: lookup of RFC 4647 §3.4 (`pt-BR-x` -> `pt-BR` -> `pt`), then
 * any variant of the same language, then the default, then the first.
 * @returns undefined only where there is no text at all
 */
export function chooseLanguage<T extends InLanguage>(
  texts: readonly T[],
  wanted: string | null,
  fallback: string,
): T | undefined {
  const find = (tag: string) =>
    texts.find(({ language }) => language.toLowerCase() === tag.toLowerCase());
  for (let tag = wanted ?? undefined; tag !== undefined; tag = shorter(tag)) {
    const found = find(tag);
    if (found) return found;
  }
  const primary = wanted?.split('-', 1)[0]?.toLowerCase();
  const sibling = texts.find(({ language }) => language.split('-', 1)[0] === primary);
  return (wanted && sibling) || find(fallback) || texts[0];
}
