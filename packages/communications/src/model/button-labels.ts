import type { MessageKind } from '@wedsync/contracts/communications-templates';

type Labels = Readonly<Record<'details' | 'answer' | 'remind' | 'page', string>>;

const english: Labels = {
  details: 'See the details',
  answer: 'Answer the invitation',
  remind: 'Answer now',
  page: 'Open your page',
};

/** By primary language subtag. */
const labels: Readonly<Record<string, Labels>> = {
  en: english,
  de: {
    details: 'Mehr erfahren',
    answer: 'Auf die Einladung antworten',
    remind: 'Jetzt antworten',
    page: 'Zu eurer Seite',
  },
  fr: {
    details: 'Voir les détails',
    answer: "Répondre à l'invitation",
    remind: 'Répondre maintenant',
    page: 'Ouvrir votre page',
  },
  es: {
    details: 'Ver los detalles',
    answer: 'Responder a la invitación',
    remind: 'Responder ahora',
    page: 'Abrir vuestra página',
  },
  pt: {
    details: 'Ver os pormenores',
    answer: 'Responder ao convite',
    remind: 'Responder agora',
    page: 'Abrir a vossa página',
  },
};

const labelOf: Readonly<Record<MessageKind, keyof Labels>> = {
  save_the_date: 'details',
  invitation: 'answer',
  reminder: 'remind',
  logistics: 'page',
  day_of: 'page',
  thank_you: 'page',
  other: 'page',
};

/** What stands on the button of a message of this kind, in the language of its wording. */
export function buttonLabel(kind: MessageKind, language: string): string {
  const primary = language.split('-', 1)[0]?.toLowerCase() ?? '';
  return (labels[primary] ?? english)[labelOf[kind]];
}
