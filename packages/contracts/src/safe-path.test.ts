import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path.ts';

describe('the page after signing in', () => {
  it.each(['/weddings/1/guests?q=a%20b#top', '/', '/a//b'])('may be %s of this site', (next) => {
    expect(safePath(next)).toBe(next);
  });

  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/\r\n\\evil.example',
    'javascript:alert(1)',
    '//evil.example:443/%2f..',
    '/.//evil.example',
  ])('is never another site: %j', (next) => {
    const path = safePath(next);
    expect(new URL(path, 'https://ours.example').origin).toBe('https://ours.example');
  });
});
