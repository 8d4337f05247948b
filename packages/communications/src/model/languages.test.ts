import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './languages.ts';

const texts = ['en', 'de', 'pt-BR'].map((language) => ({ language }));
const choose = (wanted: string | null, fallback = 'en') =>
  chooseLanguage(texts, wanted, fallback)?.language;

describe('the text for a reader', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE-ch-1996', 'de'],
    ['pt-BR', 'pt-BR'],
    // Brazilian Portuguese is nearer to somebody from Lisbon than English.
    ['pt-PT', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['fr', 'en'],
    [null, 'en'],
  ])('who reads %s is in %s', (wanted, chosen) => {
    expect(choose(wanted)).toBe(chosen);
  });

  it('is the default one where the language is unknown, and any where the default is gone', () => {
    expect(choose('ja', 'de')).toBe('de');
    expect(choose('ja', 'xx')).toBe('en');
    expect(chooseLanguage([], 'en', 'en')).toBeUndefined();
  });
});
