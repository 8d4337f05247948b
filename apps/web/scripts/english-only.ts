import type { Plugin } from 'vite';

const translation =
  /\/react-(aria|aria-components|stately)\/.*\/intl\/.*\/(?!en-US\.)[a-z]{2}-[A-Z]{2}\.mjs$/;

/**
 * React Aria brings its spoken hints in thirty languages, a quarter of its size. The interface is
 * English; a second language is added here together with its copy.
 */
export function englishOnly(): Plugin {
  return {
    name: 'wedsync:english-only',
    enforce: 'pre',
    load(id) {
      if (translation.test(id)) return "export { default } from './en-US.mjs';";
      return null;
    },
  };
}
