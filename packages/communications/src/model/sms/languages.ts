/** The languages in which a guest can be told how to stop, and can say so. */
export const smsLanguages = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl', 'pl', 'sv', 'tr'] as const;
export type SmsLanguage = (typeof smsLanguages)[number];

/** `pt-BR` as `pt`; English for a language that has no words here. */
export function smsLanguageOf(tag: string | null): SmsLanguage {
  const primary = (tag ?? '').toLowerCase().split('-', 1)[0];
  return smsLanguages.find((language) => language === primary) ?? 'en';
}

interface AnswerWords {
  /** Ends the first text to a number. */
  howToStop: string;
  /** The one confirmation of an opt-out; `{wedding}` is the couple or the wedding's title. */
  stopped: string;
  started: string;
  /** `{contact}` is how to reach the sender otherwise. */
  help: string;
  helpWithoutContact: string;
}

/**
 * Everything the installation itself says by text, in letters that GSM-7 knows: one segment of it
 * must not become two because of an accent. STOP works in every language, so it is what is named.
 */
export const smsWords: Record<SmsLanguage, AnswerWords> = {
  en: {
    howToStop: 'Reply STOP to end these texts.',
    stopped: 'You will get no more texts about {wedding}. Reply START to get them again.',
    started: 'You will get texts about {wedding} again. Reply STOP to end them.',
    help: 'Texts about {wedding}. Questions: {contact}. Reply STOP to end them.',
    helpWithoutContact: 'Texts about {wedding}. Reply STOP to end them.',
  },
  es: {
    howToStop: 'Responde STOP para dejar de recibir SMS.',
    stopped: 'Ya no recibes SMS sobre {wedding}. Responde START para recibirlos de nuevo.',
    started: 'Recibes de nuevo SMS sobre {wedding}. Responde STOP para terminar.',
    help: 'SMS sobre {wedding}. Preguntas: {contact}. Responde STOP para terminar.',
    helpWithoutContact: 'SMS sobre {wedding}. Responde STOP para terminar.',
  },
  fr: {
    howToStop: 'Répondez STOP pour ne plus recevoir de SMS.',
    stopped:
      'Vous ne recevrez plus de SMS sur {wedding}. Répondez START pour en recevoir à nouveau.',
    started:
      'Vous recevrez à nouveau les SMS sur {wedding}. Répondez STOP pour ne plus en recevoir.',
    help: 'SMS sur {wedding}. Questions : {contact}. Répondez STOP pour ne plus en recevoir.',
    helpWithoutContact: 'SMS sur {wedding}. Répondez STOP pour ne plus en recevoir.',
  },
  de: {
    howToStop: 'Keine SMS mehr? Antworte STOP.',
    stopped: 'Du bekommst keine SMS mehr zu {wedding}. Antworte START, um sie wieder zu bekommen.',
    started: 'Du bekommst wieder SMS zu {wedding}. Antworte STOP, um sie zu beenden.',
    help: 'SMS zu {wedding}. Fragen: {contact}. Antworte STOP, um sie zu beenden.',
    helpWithoutContact: 'SMS zu {wedding}. Antworte STOP, um sie zu beenden.',
  },
  pt: {
    howToStop: 'Responda STOP para parar estas mensagens.',
    stopped:
      'Vai deixar de receber mensagens sobre {wedding}. Responda START para voltar a receber.',
    started: 'Volta a receber mensagens sobre {wedding}. Responda STOP para parar.',
    help: 'Mensagens sobre {wedding}. Perguntas: {contact}. Responda STOP para parar.',
    helpWithoutContact: 'Mensagens sobre {wedding}. Responda STOP para parar.',
  },
  it: {
    howToStop: 'Rispondi STOP per non ricevere altri SMS.',
    stopped: 'Non riceverai altri SMS su {wedding}. Rispondi START per riceverli di nuovo.',
    started: 'Riceverai di nuovo gli SMS su {wedding}. Rispondi STOP per terminare.',
    help: 'SMS su {wedding}. Domande: {contact}. Rispondi STOP per terminare.',
    helpWithoutContact: 'SMS su {wedding}. Rispondi STOP per terminare.',
  },
  nl: {
    howToStop: 'Antwoord STOP om geen sms meer te krijgen.',
    stopped: 'Je krijgt geen sms meer over {wedding}. Antwoord START om ze weer te krijgen.',
    started: 'Je krijgt weer sms over {wedding}. Antwoord STOP om te stoppen.',
    help: 'Sms over {wedding}. Vragen: {contact}. Antwoord STOP om te stoppen.',
    helpWithoutContact: 'Sms over {wedding}. Antwoord STOP om te stoppen.',
  },
  pl: {
    howToStop: 'Odpisz STOP, aby zrezygnowac z SMS.',
    stopped: 'Nie bedziesz juz dostawac SMS o {wedding}. Odpisz START, aby znowu je dostawac.',
    started: 'Znowu dostajesz SMS o {wedding}. Odpisz STOP, aby zrezygnowac.',
    help: 'SMS o {wedding}. Pytania: {contact}. Odpisz STOP, aby zrezygnowac.',
    helpWithoutContact: 'SMS o {wedding}. Odpisz STOP, aby zrezygnowac.',
  },
  sv: {
    howToStop: 'Svara STOP för att slippa fler sms.',
    stopped: 'Du får inga fler sms om {wedding}. Svara START för att få dem igen.',
    started: 'Du får åter sms om {wedding}. Svara STOP för att avsluta.',
    help: 'Sms om {wedding}. Frågor: {contact}. Svara STOP för att avsluta.',
    helpWithoutContact: 'Sms om {wedding}. Svara STOP för att avsluta.',
  },
  tr: {
    howToStop: 'Mesaj istemiyorsaniz STOP yazin.',
    stopped: '{wedding} hakkinda artik mesaj almayacaksiniz. Yeniden almak isterseniz START yazin.',
    started: '{wedding} hakkinda yeniden mesaj alacaksiniz. Bitirmek isterseniz STOP yazin.',
    help: '{wedding} mesajlari. Sorular: {contact}. Bitirmek isterseniz STOP yazin.',
    helpWithoutContact: '{wedding} mesajlari. Bitirmek isterseniz STOP yazin.',
  },
};
