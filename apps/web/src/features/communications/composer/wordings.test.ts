import type { Wording } from '@wedsync/contracts/communications-templates';
import { describe, expect, it } from 'vitest';
import { addLanguage, languagesOf, putWording, wordingOf, wordingsFor } from './wordings.ts';

const english: Wording = {
  channel: 'email',
  language: 'en',
  format: 'text',
  subject: 'Come',
  body: 'Dear all',
};
const text: Wording = { ...english, channel: 'sms', subject: '', body: 'Come!' };

describe('the texts of a message', () => {
  it('are told apart by channel and language', () => {
    const changed = putWording([english, text], { ...text, body: 'Come soon!' });
    expect(changed).toEqual([english, { ...text, body: 'Come soon!' }]);
    expect(wordingOf(changed, 'email', 'pt')).toMatchObject({ language: 'pt', body: '' });
  });

  it('begin in a new language as a copy of the default one, on every channel', () => {
    const more = addLanguage([english, text], 'en', 'pt');
    expect(more).toHaveLength(4);
    expect(wordingOf(more, 'sms', 'pt').body).toBe('Come!');
    expect(languagesOf(more, 'en')).toEqual(['en', 'pt']);
  });

  it('leave out what the channels do not need and what nobody has written', () => {
    const empty = { ...english, language: 'de', subject: ' ', body: '' };
    expect(wordingsFor([english, text, empty], ['email'])).toEqual([english]);
  });
});
