import type { BounceClass } from '@wedsync/contracts/communications-feedback';
import { autoReplies, humanReplies } from './inbound-replies.ts';
import {
  bounceAddress,
  type Cause,
  cause,
  copyOfOurs,
  crlf,
  finalReports,
  otherReports,
} from './inbound-reports.ts';

/** An e-mail to a bounce address with what it is. Made from tables; nobody's mail is in here. */
export interface InboundSample {
  name: string;
  raw: Buffer;
  mailFrom: string;
  expected: { kind: string; bounceClass?: BounceClass; code?: string };
}

/** Systems that write prose: sender, subject, prose around the reason, and how it quotes our mail. */
const prose: readonly [
  name: string,
  from: string,
  subject: string,
  body: (said: string) => string,
][] = [
  [
    'queue program',
    'MAILER-DAEMON@mail.example',
    'failure notice',
    (said) =>
      `Hi. This is the qmail-send program at mail.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<guest@guests.example>:\n192.0.2.1 does not like recipient.\nRemote host said: ${said}\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n${copyOfOurs}`,
  ],
  [
    'router',
    'Mail Delivery System <Mailer-Daemon@host.example>',
    'Mail delivery failed: returning message to sender',
    (said) =>
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients. This is a permanent error.\n\n  guest@guests.example\n    ${said}\n`,
  ],
  [
    'webmail',
    'mailer-daemon@webmail.example',
    'Failure Notice',
    (said) =>
      `Sorry, we were unable to deliver your message to the following address.\n\n<guest@guests.example>:\n${said}\n\n--- Original message follows ---\n${copyOfOurs}`,
  ],
  [
    'office',
    'postmaster@office.example',
    'DELIVERY FAILURE: see below',
    (said) =>
      `Your message\n\n  Subject: You are invited\n\nwas not delivered to:\n\n  guest@guests.example\n\nbecause:\n\n  ${said}\n`,
  ],
  [
    'german',
    'Mailer-Daemon@post.example',
    'Unzustellbar: Einladung',
    (said) =>
      `Ihre Nachricht konnte nicht zugestellt werden an: guest@guests.example\n\nGrund: ${said}\n`,
  ],
  [
    'french',
    'postmaster@courrier.example',
    'Non remis : Invitation',
    (said) => `Votre message n’a pas pu être remis à guest@guests.example.\n\nRaison : ${said}\n`,
  ],
  [
    'spanish',
    'postmaster@correo.example',
    'No se pudo entregar: Invitación',
    (said) => `Su mensaje no se pudo entregar a guest@guests.example.\n\nMotivo: ${said}\n`,
  ],
  [
    'italian',
    'postmaster@posta.example',
    'Mancato recapito: Invito',
    (said) =>
      `Non è stato possibile recapitare il messaggio a guest@guests.example.\n\nMotivo: ${said}\n`,
  ],
  [
    'portuguese',
    'postmaster@correio.example',
    'Falha na entrega: Convite',
    (said) => `A mensagem não pôde ser entregue a guest@guests.example.\n\nMotivo: ${said}\n`,
  ],
  [
    'dutch',
    'postmaster@bericht.example',
    'Onbestelbaar: Uitnodiging',
    (said) => `Uw bericht kon niet worden bezorgd bij guest@guests.example.\n\nReden: ${said}\n`,
  ],
];

const proseCauses: readonly Cause[] = [
  cause('hard', '5.1.1', '550 5.1.1 No such user here'),
  cause('hard', '550', '550 sorry, no mailbox here by that name'),
  cause('soft', '5.2.2', '552 5.2.2 Mailbox full, quota exceeded'),
  cause('blocked', '5.7.1', '554 5.7.1 Message rejected: it looks like spam'),
];

/** Reasons told in words alone, by systems that give no code. */
const wordsOnly: readonly [BounceClass, string][] = [
  ['hard', 'Der Empfänger ist unbekannt.'],
  ['hard', 'L’utilisateur n’existe pas.'],
  ['hard', 'El usuario no existe.'],
  ['hard', 'Il destinatario è sconosciuto: utente inesistente.'],
  ['hard', 'O usuário não existe.'],
  ['hard', 'Пользователь не найден.'],
  ['hard', '宛先不明のため配信できません。'],
  ['hard', '收件人不存在。'],
  ['hard', 'The account was closed: this mailbox is disabled.'],
  ['soft', 'Das Postfach ist voll.'],
  ['soft', 'La boîte du destinataire est pleine.'],
  ['soft', 'El buzón está lleno.'],
  ['soft', 'La casella è piena.'],
  ['soft', 'A caixa do destinatário está cheia.'],
  ['soft', 'Почтовый ящик переполнен.'],
  ['soft', 'The recipient is over quota.'],
];

interface Prose {
  from: string;
  subject: string;
  body: string;
  headers?: string | undefined;
}

const plain = ({ from, subject, body, headers = '' }: Prose) =>
  crlf(
    `From: ${from}\nTo: ${bounceAddress}\nSubject: ${subject}\n${headers}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${body}\n`,
  );

const proseBounces = (): InboundSample[] => [
  ...prose.flatMap(([name, from, subject, body]) =>
    proseCauses.map((why) => ({
      name: `prose, ${name}: ${why.name}`,
      raw: plain({ from, subject, body: body(why.said) }),
      mailFrom: '',
      expected: { kind: 'bounced', bounceClass: why.bounceClass, code: why.code },
    })),
  ),
  ...wordsOnly.map(([bounceClass, said], index) => {
    const [, from, subject, body] = prose[index % prose.length] ??
      prose[0] ?? ['', '', '', () => ''];
    return {
      name: `words alone: ${said}`,
      raw: plain({ from, subject, body: body(said) }),
      mailFrom: '',
      expected: { kind: 'bounced', bounceClass },
    };
  }),
  {
    name: 'failed recipients named in a header',
    raw: plain({
      from: 'noreply@host.example',
      subject: 'Problem',
      body: 'No such user.',
      headers: 'X-Failed-Recipients: guest@guests.example\n',
    }),
    mailFrom: 'noreply@host.example',
    expected: { kind: 'bounced', bounceClass: 'hard' },
  },
  ...[
    [
      'Warning: message delayed 4 hours',
      'Your message has not yet been delivered to guest@guests.example.\nNo action is required, delivery will be retried for five days.',
    ],
    [
      'Delivery Status Notification (Delay)',
      'There was a temporary problem delivering your message to guest@guests.example.\nThe server will retry for 46 more hours.',
    ],
    [
      'Warning: could not send message for past 4 hours',
      'THIS IS A WARNING MESSAGE ONLY. You do not need to resend your message.',
    ],
    [
      'Zustellung verzögert',
      'Ihre Nachricht an guest@guests.example konnte noch nicht zugestellt werden. Es wird weiterhin versucht.',
    ],
  ].map(([subject = '', body = '']) => ({
    name: `warning: ${subject}`,
    raw: plain({ from: 'Mail Delivery System <mailer-daemon@relay.example>', subject, body }),
    mailFrom: '',
    expected: { kind: 'deferred' },
  })),
];

const complaint = (type: string, from: string) =>
  crlf(`From: ${from}
To: ${bounceAddress}
Subject: FW: You are invited
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain

This is an abuse report for a message received on 1 May 2026.

--part
Content-Type: message/feedback-report

Feedback-Type: ${type}
User-Agent: SomeLoop/1.0
Version: 1
Original-Mail-From: <${bounceAddress}>

--part
Content-Type: message/rfc822

${copyOfOurs}
--part--
`);

const complaints = (): InboundSample[] =>
  ['staff@loop.example', 'Feedback Loop <fbl@yahoo.com>', 'complaints@hotmail.com'].flatMap(
    (from) =>
      (
        [
          ['abuse', 'complained'],
          ['fraud', 'complained'],
          ['virus', 'complained'],
          ['other', 'complained'],
          ['miscategorized', 'complained'],
          ['opt-out', 'unsubscribed'],
          ['not-spam', 'ignored'],
          ['auth-failure', 'ignored'],
        ] as const
      ).map(([type, kind]) => ({
        name: `complaint: ${type} from ${from}`,
        raw: complaint(type, from),
        mailFrom: from.replace(/^.*<|>$/g, ''),
        expected: { kind },
      })),
  );

const answers = (): InboundSample[] => [
  ...autoReplies.map(
    ({ name, mailFrom = '', from = 'ana@guests.example', subject, body, headers }) => ({
      name: `automatic: ${name}`,
      raw: plain({ from, subject, body, headers }),
      mailFrom,
      expected: { kind: 'auto_replied' },
    }),
  ),
  ...humanReplies.map(({ name, subject, body, headers }) => ({
    name: `person: ${name}`,
    raw: plain({ from: 'Ana Almeida <ana@guests.example>', subject, body, headers }),
    mailFrom: 'ana@guests.example',
    expected: { kind: 'replied' },
  })),
];

/** Every sample; more than 200. */
export const inboundSamples = (): InboundSample[] => [
  ...finalReports(),
  ...otherReports(),
  ...proseBounces(),
  ...complaints(),
  ...answers(),
];
