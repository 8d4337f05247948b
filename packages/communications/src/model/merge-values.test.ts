import { describe, expect, it } from 'vitest';
import { defaultTemplates } from './default-templates.ts';
import { joinNames, type MergeRecipient, type MergeWedding, mergeValues } from './merge-values.ts';
import { compileWording } from './wording.ts';

const guest = (firstName: string) => ({ title: '', firstName, lastName: 'Sá' });
const recipient: MergeRecipient = {
  guest: guest('Inês'),
  companions: [guest('Rui'), guest('Eva')],
  householdName: 'The Sás',
  events: [],
  rsvpLink: 'https://example.com/r/x',
};
const wedding: MergeWedding = {
  title: 'Ana & Tom',
  partnerAName: 'Ana',
  partnerBName: 'Tom',
  date: '2027-06-19',
  venue: '',
  rsvpDeadline: null,
  locale: 'en',
};
const valuesIn = (locale: string) => mergeValues({ ...wedding, locale }, recipient);

describe('the values of merge fields', () => {
  it.each([
    ['en', 'Inês, Rui and Eva', 'Saturday, 19 June 2027', 'to be announced'],
    ['de-AT', 'Inês, Rui und Eva', 'Samstag, 19. Juni 2027', 'wird noch bekannt gegeben'],
    ['fr', 'Inês, Rui et Eva', 'samedi 19 juin 2027', 'à préciser'],
    ['es', 'Inês, Rui y Eva', 'sábado, 19 de junio de 2027', 'por confirmar'],
    ['pt-PT', 'Inês, Rui e Eva', 'sábado, 19 de junho de 2027', 'a anunciar'],
  ])('are worded in %s', (...row) => {
    const [locale, names, day, venue] = row;
    expect(valuesIn(locale)).toMatchObject({
      names,
      wedding_date: day,
      venue,
      rsvp_deadline: venue,
    });
  });

  it('fall back to English where the language is none that this runtime knows', () => {
    expect(valuesIn('not a tag').names).toBe('Inês, Rui and Eva');
  });

  it('name one person without any word between', () => {
    expect(joinNames(['Inês'], 'de')).toBe('Inês');
    expect(joinNames([], 'de')).toBe('');
  });
});

it('every text of the library can be rendered in its language, for every occasion', () => {
  for (const { kind, wordings } of defaultTemplates('de')) {
    expect(wordings.map(({ language }) => language)).toEqual(
      expect.arrayContaining(['en', 'de', 'fr', 'es', 'pt']),
    );
    for (const { language, channel, subject, body } of wordings) {
      const { body: text, subject: line } = compileWording({ subject, body }).render(
        valuesIn(language),
      );
      expect([kind, language, text], kind).not.toContain('{{');
      expect(text).toContain('Inês, Rui');
      expect(line === '').toBe(channel === 'sms');
    }
  }
});
