/** The locale, or English where this runtime cannot read the tag: a print must not fail on it. */
export function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale === 'en' ? 'en-GB' : locale)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}
