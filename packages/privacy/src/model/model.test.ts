import { describe, expect, it } from 'vitest';
import { consentTexts, findConsentText } from './consent-texts.ts';
import { contactsEndOn } from './retention.ts';

describe('consent texts', () => {
  it('are found by version and language, with English where there is no other', () => {
    expect(findConsentText('sms-2026-11', 'pt-BR')?.language).toBe('pt');
    expect(findConsentText('sms-2026-11', 'ja')?.language).toBe('en');
    expect(findConsentText('sms-1999-01')).toBeUndefined();
  });

  it('say how to end it, whatever the language', () => {
    for (const { text } of consentTexts) expect(text).toContain('STOP');
    expect(new Set(consentTexts.map(({ hash }) => hash)).size).toBe(consentTexts.length);
  });

  it('never change: the ledger holds their hashes', () => {
    const english = findConsentText('sms-2026-11', 'en');
    expect(english?.hash).toBe('e34d36f48fd1025858f82826971b4e0abbdcfab739ee0c6910f59fbd9073b30b');
  });
});

describe('contactsEndOn', () => {
  it.each([
    ['2027-06-12', 24, '2029-06-13'],
    ['2027-08-31', 6, '2028-03-01'],
    ['2027-12-31', 1, '2028-02-01'],
    ['2027-06-12', null, null],
    [null, 24, null],
  ])('of %s and %s months is %s', (date, months, end) => {
    expect(contactsEndOn(date, months)).toBe(end);
  });
});
