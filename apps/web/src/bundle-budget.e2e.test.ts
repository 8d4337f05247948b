import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundleSizes } from '../scripts/bundle-sizes.ts';

/** Gzipped JavaScript before a page can be used; a phone on a slow line loads it in a second. */
const shellBytesMax = 170_000;
const pageBytesMax = 220_000;

describe('the size of the planners’ application', () => {
  const sizes = bundleSizes(fileURLToPath(new URL('../dist', import.meta.url))) ?? [];

  it('is known for the shell and every page', () => {
    expect(sizes.length).toBeGreaterThan(15);
  });

  it('stays within the budget of the shell', () => {
    expect(sizes[0]?.name).toBe('shell');
    expect(sizes[0]?.bytes).toBeLessThanOrEqual(shellBytesMax);
  });

  it('stays within the budget of a page on every page', () => {
    expect(sizes.filter(({ bytes }) => bytes > pageBytesMax)).toEqual([]);
  });
});
