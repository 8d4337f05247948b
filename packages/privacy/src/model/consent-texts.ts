import { createHash } from 'node:crypto';
import { smsConsentWording } from '@wedsync/contracts/communications-feedback';
import type { ConsentText } from '@wedsync/contracts/privacy';

type Wording = Omit<ConsentText, 'hash'>;

const sms = { version: 'sms-2026-11', channel: 'sms', purpose: 'relationship' } as const;

/**
 * Every wording that was ever shown. A text is never edited: a new version is added, so that a hash
 * in the ledger can be held against what the person read.
 */
const wordings: readonly Wording[] = [
  { ...smsConsentWording, channel: 'sms', purpose: 'relationship', language: 'en' },
  {
    ...sms,
    language: 'en',
    text: 'Yes, send me text messages about this wedding: the invitation, reminders and news of the day. A few a month at most. Message and data rates may apply. Reply STOP at any time to end them, HELP for help. Saying no changes nothing about the invitation.',
  },
  {
    ...sms,
    language: 'de',
    text: 'Ja, schickt mir SMS zu dieser Hochzeit: Einladung, Erinnerungen und Neues zum Tag. Höchstens ein paar im Monat. Es können Gebühren anfallen. Antworte jederzeit mit STOP, um keine mehr zu bekommen, mit HILFE für Hilfe. Ein Nein ändert nichts an der Einladung.',
  },
  {
    ...sms,
    language: 'fr',
    text: 'Oui, envoyez-moi des SMS au sujet de ce mariage : invitation, rappels et nouvelles du jour. Quelques-uns par mois au plus. Des frais peuvent s’appliquer. Répondez STOP à tout moment pour ne plus en recevoir, AIDE pour de l’aide. Un refus ne change rien à l’invitation.',
  },
  {
    ...sms,
    language: 'es',
    text: 'Sí, enviadme mensajes de texto sobre esta boda: la invitación, recordatorios y novedades del día. Como mucho unos pocos al mes. Pueden aplicarse tarifas. Responde STOP en cualquier momento para no recibir más, AYUDA para ayuda. Decir que no no cambia nada de la invitación.',
  },
  {
    ...sms,
    language: 'pt',
    text: 'Sim, enviem-me mensagens de texto sobre este casamento: o convite, lembretes e novidades do dia. No máximo algumas por mês. Podem aplicar-se tarifas. Responda STOP a qualquer momento para deixar de as receber, AJUDA para ajuda. Dizer que não nada muda no convite.',
  },
  {
    ...sms,
    language: 'it',
    text: 'Sì, inviatemi SMS su questo matrimonio: l’invito, promemoria e novità del giorno. Pochi al mese al massimo. Possono applicarsi costi. Rispondi STOP in qualsiasi momento per non riceverne più, AIUTO per assistenza. Dire di no non cambia nulla dell’invito.',
  },
];

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** All wordings with their hashes. */
export const consentTexts: readonly ConsentText[] = wordings.map((wording) => ({
  ...wording,
  hash: hashOf(wording.text),
}));

/** The wording of a version in a language, or else in English; undefined for an unknown version. */
export function findConsentText(version: string, language = 'en'): ConsentText | undefined {
  const versions = consentTexts.filter((text) => text.version === version);
  const base = language.toLowerCase().split('-')[0];
  return (
    versions.find((text) => text.language === base) ??
    versions.find((text) => text.language === 'en')
  );
}
