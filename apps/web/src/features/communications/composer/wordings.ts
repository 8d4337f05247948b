import type { MessageChannel, Wording } from '@wedsync/contracts/communications-templates';

/** The text of one channel in one language; an empty one where nothing is written yet. */
export function wordingOf(
  wordings: readonly Wording[],
  channel: MessageChannel,
  language: string,
): Wording {
  return (
    wordings.find((one) => one.channel === channel && one.language === language) ?? {
      channel,
      language,
      format: 'text',
      subject: '',
      body: '',
    }
  );
}

/** The same list with one text replaced, or added at the end. */
export function putWording(wordings: readonly Wording[], wording: Wording): Wording[] {
  const isSame = (one: Wording) =>
    one.channel === wording.channel && one.language === wording.language;
  return wordings.some(isSame)
    ? wordings.map((one) => (isSame(one) ? wording : one))
    : [...wordings, wording];
}

/** Languages that something is written in, the default first. */
export function languagesOf(wordings: readonly Wording[], defaultLanguage: string): string[] {
  const others = wordings.map(({ language }) => language).filter((tag) => tag !== defaultLanguage);
  return [defaultLanguage, ...new Set(others)];
}

/** A new language begins as a copy of the default one: it is there to be translated. */
export function addLanguage(
  wordings: readonly Wording[],
  defaultLanguage: string,
  language: string,
): Wording[] {
  const copies = wordings
    .filter((one) => one.language === defaultLanguage)
    .map((one) => ({ ...one, language }));
  return [...wordings.filter((one) => one.language !== language), ...copies];
}

/** Only what a message on these channels needs; texts without a word are left out. */
export function wordingsFor(
  wordings: readonly Wording[],
  channels: readonly MessageChannel[],
): Wording[] {
  return wordings.filter(
    ({ channel, subject, body }) => channels.includes(channel) && (subject + body).trim() !== '',
  );
}
