/** Stands for our own site while an address is judged; nothing is ever asked of it. */
const anySite = 'https://wedsync.invalid';

/**
 * Only paths of this site: an address from the query string must not lead elsewhere. The browser's
 * own reading decides, because it forgives what looks like a path: it drops tabs and line breaks
 * and takes a backslash for a slash, so that `/<tab>/example.com` names another site.
 */
export function safePath(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/';
  const url = URL.parse(next, anySite);
  if (url?.origin !== anySite || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}

/** Where to go after signing in, as the address of a page says it. */
export function nextSearch(search: Record<string, unknown>): { next?: string | undefined } {
  const { next } = search;
  return { next: typeof next === 'string' && next ? next : undefined };
}

/** `path` with the page to open after signing in. */
export function withNext(path: string, next: string | undefined): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}
