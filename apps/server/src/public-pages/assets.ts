import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 10);

/** Read once; the address carries a hash of the content, so browsers may keep them for good. */
export const assets = {
  styles: { body: read('pages.css'), type: 'text/css; charset=utf-8' },
  script: { body: read('rsvp.js'), type: 'text/javascript; charset=utf-8' },
} as const;

export const assetUrls = {
  styles: `/public/${hashOf(assets.styles.body)}.css`,
  script: `/public/${hashOf(assets.script.body)}.js`,
} as const;
