import type { SmsLanguage } from './languages.ts';

/**
 * Words that mean something when they are the whole text, folded as `foldText` does: lower case,
 * without accents. Carriers and 47 CFR 64.1200(a)(10) name the English ones; the others are what
 * people write in the language. YES is no word here: to a wedding's text it is an answer, not consent.
 */
export interface WordTable {
  stop: readonly string[];
  start: readonly string[];
  help: readonly string[];
  /** Stop words that are ordinary words of another language: only for guests of this one. */
  stopAtHome?: readonly string[];
}

/** Understood in every language, and no evidence of any. */
export const wordsOfAll: WordTable = {
  stop: ['stop', 'stopall', 'unsubscribe', 'end', 'quit', 'cancel', 'revoke', 'optout', 'opt out'],
  start: ['start', 'unstop', 'optin', 'opt in'],
  help: ['help', 'info', '?'],
};

export const wordsOf: Record<SmsLanguage, WordTable> = {
  en: {
    stop: [
      'stop all',
      'remove',
      'remove me',
      'unsubscribe me',
      'stop it',
      'stop texting',
      'go away',
    ],
    start: ['resume', 'subscribe', 'restart', 'start again', 'resubscribe'],
    help: ['information', 'help me'],
  },
  es: {
    stop: ['alto', 'baja', 'cancelar', 'parar', 'pare', 'detener', 'salir', 'basta', 'fin'],
    start: ['iniciar', 'comenzar', 'reanudar', 'empezar', 'alta'],
    help: ['ayuda', 'informacion', 'auxilio'],
    stopAtHome: ['para', 'ya basta', 'no mas'],
  },
  fr: {
    stop: ['arret', 'arreter', 'arretez', 'arrete', 'desabonner', 'annuler', 'desinscription'],
    start: ['commencer', 'reprendre', 'demarrer', 'recommencer'],
    help: ['aide', 'aidez moi', 'information'],
    stopAtHome: ['fin', 'td', 'ca suffit'],
  },
  de: {
    stop: [
      'stopp',
      'abbestellen',
      'beenden',
      'ende',
      'schluss',
      'aufhoren',
      'aufhoeren',
      'austragen',
    ],
    start: ['starten', 'beginnen', 'fortsetzen', 'wieder an'],
    help: ['hilfe', 'information'],
    stopAtHome: ['abmelden', 'halt'],
  },
  pt: {
    stop: ['parar', 'pare', 'sair', 'cancelar', 'descadastrar', 'remover', 'fim'],
    start: ['iniciar', 'comecar', 'recomecar', 'retomar', 'voltar'],
    help: ['ajuda', 'informacao'],
    stopAtHome: ['para', 'chega'],
  },
  it: {
    stop: ['basta', 'ferma', 'fermare', 'annulla', 'cancellami', 'disiscrivimi', 'interrompi'],
    start: ['inizia', 'riprendi', 'attiva', 'ricomincia'],
    help: ['aiuto', 'informazioni'],
    stopAtHome: ['fine'],
  },
  nl: {
    stop: ['stoppen', 'uitschrijven', 'beeindigen', 'annuleren', 'ophouden'],
    start: ['starten', 'hervatten', 'beginnen'],
    help: ['hulp', 'informatie'],
    stopAtHome: ['afmelden', 'einde'],
  },
  pl: {
    stop: ['koniec', 'rezygnuje', 'wypisz', 'wypisz mnie', 'anuluj', 'przestan', 'przestancie'],
    start: ['wznow', 'wlacz', 'zacznij'],
    help: ['pomoc', 'informacja'],
    stopAtHome: ['dosc'],
  },
  sv: {
    stop: ['stopp', 'stoppa', 'sluta', 'avsluta', 'avregistrera', 'avprenumerera'],
    start: ['starta', 'borja', 'ateruppta', 'fortsatt'],
    help: ['hjalp', 'information'],
    stopAtHome: ['slut', 'avanmal'],
  },
  tr: {
    stop: ['iptal', 'durdur', 'durdurun', 'abonelikten cik', 'mesaj istemiyorum'],
    start: ['basla', 'baslat', 'yeniden basla'],
    help: ['yardim', 'bilgi'],
    stopAtHome: ['dur', 'ret', 'cik', 'red'],
  },
};

/** What people put around such a word without changing it. */
export const fillerWords: ReadonlySet<string> = new Set(
  `please pls plz now thanks thank you ok okay hi hello just immediately sms texts messages sir
   por favor gracias ya ahora obrigado obrigada agora
   svp s il vous te plait merci maintenant bitte danke jetzt sofort
   per favore grazie subito alstublieft alsjeblieft aub bedankt nu graag
   prosze dziekuje teraz snalla tack genast lutfen tesekkurler tesekkur ederim hemen`.split(/\s+/),
);
