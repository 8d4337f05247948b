import {
  libraryLanguages,
  type MessageKind,
  type Wording,
} from '@wedsync/contracts/communications-templates';
import { chooseLanguage } from './languages.ts';
import { english } from './library/english.ts';
import { french } from './library/french.ts';
import { german } from './library/german.ts';
import { portuguese } from './library/portuguese.ts';
import { spanish } from './library/spanish.ts';

type LibraryKind = Exclude<MessageKind, 'other'>;

/** One template in one language. */
export interface LibraryText {
  name: string;
  subject: string;
  body: string;
  /** A text message for the same occasion, where one is useful. */
  sms?: string;
}

/** The library in one language. */
export type LibraryTexts = Readonly<Record<LibraryKind, LibraryText>>;

const library: Readonly<Record<(typeof libraryLanguages)[number], LibraryTexts>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
};

export interface DefaultTemplate {
  kind: MessageKind;
  name: string;
  defaultLanguage: string;
  wordings: Wording[];
}

const kinds = Object.keys(english) as LibraryKind[];
const available = libraryLanguages.map((language) => ({ language, texts: library[language] }));

function wordingsOf(language: string, { subject, body, sms }: LibraryText): Wording[] {
  const email: Wording = { channel: 'email', language, format: 'text', subject, body };
  if (!sms) return [email];
  return [email, { channel: 'sms', language, format: 'text', subject: '', body: sms }];
}

/**
 * The templates that a wedding starts with, to be changed at will. Their names and default texts are
 * in the wedding's language where the library has it, in English otherwise.
 * @param languages which texts to bring along besides the default one; empty: all
 */
export function defaultTemplates(
  weddingLanguage: string,
  languages: readonly string[] = [],
): DefaultTemplate[] {
  const main = chooseLanguage(available, weddingLanguage, 'en')?.language ?? 'en';
  const wanted = new Set(languages.map((tag) => tag.split('-', 1)[0]?.toLowerCase()));
  const chosen = available.filter(
    ({ language }) => wanted.size === 0 || language === main || wanted.has(language),
  );
  return kinds.map((kind) => ({
    kind,
    name: library[main][kind].name,
    defaultLanguage: main,
    wordings: chosen.flatMap(({ language, texts }) => wordingsOf(language, texts[kind])),
  }));
}
