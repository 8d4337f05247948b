interface Answer {
  name: string;
  subject: string;
  body: string;
  /** Each ended by a line break. */
  headers?: string;
  from?: string;
  /** The envelope's sender; most automatic answers come from nobody. */
  mailFrom?: string;
}

/** What absent people's programs write in the languages of guests: subject, then text. */
const absences: readonly [language: string, subject: string, body: string][] = [
  ['English', 'Automatic reply: You are invited', 'I am out of the office until Monday.'],
  ['English, short', 'Out of Office', 'Back on 4 May.'],
  ['English, holiday', 'On vacation Re: You are invited', 'Sun and sand until the tenth.'],
  ['German', 'Automatische Antwort: Einladung', 'Ich bin bis zum 4. Mai nicht erreichbar.'],
  ['German, old', 'Abwesenheitsnotiz: Einladung', 'Vom 1. bis 4. Mai bin ich nicht im Büro.'],
  ['French', 'Réponse automatique : Invitation', 'Je suis absente jusqu’au 4 mai.'],
  ['Spanish', 'Respuesta automática: Invitación', 'Estaré fuera hasta el 4 de mayo.'],
  ['Italian', 'Risposta automatica: Invito', 'Sono in ferie fino al 4 maggio.'],
  ['Portuguese', 'Resposta automática: Convite', 'Estou de férias até 4 de maio.'],
  ['Dutch', 'Automatisch antwoord: Uitnodiging', 'Ik ben afwezig tot 4 mei.'],
  ['Swedish', 'Autosvar: Inbjudan', 'Jag är på semester till den 4 maj.'],
  ['Danish', 'Automatisk svar: Invitation', 'Jeg er tilbage den 4. maj.'],
  ['Finnish', 'Automaattinen vastaus: Kutsu', 'Palaan 4. toukokuuta.'],
  ['Polish', 'Odpowiedź automatyczna: Zaproszenie', 'Jestem na urlopie do 4 maja.'],
  ['Czech', 'Automatická odpověď: Pozvánka', 'Vracím se 4. května.'],
  ['Turkish', 'Otomatik yanıt: Davetiye', '4 Mayısta döneceğim.'],
  ['Russian', 'Автоматический ответ: Приглашение', 'Меня нет на месте до 4 мая.'],
  ['Greek', 'Αυτόματη απάντηση: Πρόσκληση', 'Λείπω έως τις 4 Μαΐου.'],
  ['Japanese', '自動返信: ご招待', '5月4日まで不在です。'],
  ['Chinese', '自动回复: 邀请', '我休假到五月四日。'],
  ['Korean', '자동 회신: 초대', '5월 4일까지 자리를 비웁니다.'],
];

const marks: readonly [name: string, header: string][] = [
  ['Auto-Submitted', 'Auto-Submitted: auto-replied\n'],
  ['Auto-Submitted with a comment', 'Auto-Submitted: auto-replied (vacation)\n'],
  ['auto-generated', 'Auto-Submitted: auto-generated\n'],
  ['auto-notified', 'Auto-Submitted: auto-notified; owner-email="ana@guests.example"\n'],
  ['Precedence', 'Precedence: auto_reply\n'],
  ['Precedence bulk', 'Precedence: bulk\n'],
  ['X-Autoreply', 'X-Autoreply: yes\n'],
  ['X-Autorespond', 'X-Autorespond: You are invited\n'],
  ['X-Auto-Response-Suppress', 'X-Auto-Response-Suppress: All\n'],
];

/** Answers that no person wrote. */
export const autoReplies: readonly Answer[] = [
  ...absences.map(([language, subject, body]) => ({
    name: `${language}, by its subject`,
    subject,
    body,
  })),
  ...marks.map(([name, headers]) => ({
    name: `by ${name}`,
    subject: 'Re: You are invited',
    body: 'Thanks, I shall read this later.',
    headers,
    mailFrom: 'ana@guests.example',
  })),
  {
    name: 'absent, with the words of a bounce in it',
    subject: 'Automatic reply: You are invited',
    body: 'I am away and my mailbox is full. Mail that is undeliverable will be returned with 550 5.1.1 user unknown.',
  },
  {
    name: 'no longer there',
    subject: 'Re: You are invited',
    body: 'Ana no longer works here. Please write to office@guests.example instead.',
  },
  {
    name: 'ticket system',
    subject: '[Ticket 4711] We have your request',
    body: 'Thank you for contacting us. We will answer within two days.',
    mailFrom: 'desk@guests.example',
  },
  {
    name: 'challenge of a spam filter',
    subject: 'Please confirm that you are a person',
    body: 'Click to let your message through.',
    headers: 'Auto-Submitted: auto-replied\n',
    mailFrom: 'filter@guests.example',
  },
  {
    name: 'from an address that nobody reads',
    from: 'noreply@guests.example',
    subject: 'Your message',
    body: 'This address is not read.',
  },
];

/** Answers of people, some with words that sound like a machine. */
export const humanReplies: readonly Answer[] = (
  [
    ['yes', 'Re: You are invited', 'Yes, we come, all four of us!'],
    ['no', 'Re: You are invited', 'Sorry, we cannot come.'],
    ['German', 'AW: Einladung', 'Wir kommen gerne, danke!'],
    ['French', 'RE : Invitation', 'Avec plaisir, à bientôt.'],
    ['Spanish', 'Re: Invitación', 'Allí estaremos.'],
    ['Japanese', 'Re: ご招待', '喜んで出席します。'],
    [
      'about deliveries',
      'Flowers',
      'The delivery of the flowers failed twice, can you call the shop?',
    ],
    [
      'about being away',
      'Re: You are invited',
      'We would love to. In June everybody is home again.',
    ],
    ['about a full box', 'Gift', 'The box is full of glasses, be careful when you open it.'],
    [
      'quoting our mail',
      'Re: You are invited',
      'Count us in.\n\n> Dear Ana,\n> you are invited.\n> Unsubscribe: https://example.com/u/x',
    ],
    ['wants to be left alone', 'stop', 'Please stop writing to me.'],
    ['empty', 'Re: You are invited', ''],
    ['a number', 'Re: You are invited', '550 is the number of our room, in case you look for us.'],
    ['says so itself', 'Re: You are invited', 'Written by hand.', 'Auto-Submitted: no\n'],
  ] as const
).map(([name, subject, body, headers = '']) => ({ name, subject, body, headers }));
