/** As many links as one message is looked at for. */
export const linksMax = 50;

const inText = /https?:\/\/[^\s<>"'{}]+[^\s<>"'{}.,;:!?)\]]/g;
const inHtml = /\b(?:href|src)="(https?:\/\/[^"{}]+)"/gi;

const unescaped = (url: string) =>
  url.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');

/** Web addresses that are the same for every guest, each once, in reading order. */
export function linksIn(texts: readonly { body: string; html: string | null }[]): string[] {
  const found = new Set<string>();
  for (const { body, html } of texts) {
    for (const [url] of body.matchAll(inText)) found.add(url);
    for (const [, url = ''] of (html ?? '').matchAll(inHtml)) found.add(unescaped(url));
  }
  return [...found].slice(0, linksMax);
}
