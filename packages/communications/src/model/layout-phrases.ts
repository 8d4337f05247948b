/** What the layout itself says, around the words of the couple. */
export interface LayoutPhrases {
  reason: string;
  unsubscribe: string;
}

const english: LayoutPhrases = {
  reason: 'You are on the guest list of this wedding.',
  unsubscribe: 'Unsubscribe from these e-mails',
};

/** By primary language subtag. */
const phrases: Readonly<Record<string, LayoutPhrases>> = {
  en: english,
  de: {
    reason: 'Sie stehen auf der Gästeliste dieser Hochzeit.',
    unsubscribe: 'Diese E-Mails abbestellen',
  },
  fr: {
    reason: 'Vous êtes sur la liste des invités de ce mariage.',
    unsubscribe: 'Ne plus recevoir ces e-mails',
  },
  es: {
    reason: 'Está en la lista de invitados de esta boda.',
    unsubscribe: 'Dejar de recibir estos correos',
  },
  pt: {
    reason: 'Está na lista de convidados deste casamento.',
    unsubscribe: 'Deixar de receber estes e-mails',
  },
};

const primary = (language: string) => language.split('-', 1)[0]?.toLowerCase() ?? '';

/** The layout's words in a language (BCP 47); English where it has none. */
export const layoutPhrases = (language: string): LayoutPhrases =>
  phrases[primary(language)] ?? english;

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'dv', 'ckb']);

/** The HTML `dir` of a language. */
export const textDirection = (language: string) =>
  rightToLeft.has(primary(language)) ? 'rtl' : 'ltr';
