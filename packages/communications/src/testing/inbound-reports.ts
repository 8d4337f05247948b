import type { BounceClass } from '@wedsync/contracts/communications-feedback';
import type { InboundSample } from './inbound-samples.ts';

export const crlf = (text: string) => Buffer.from(text.replace(/\n/g, '\r\n'));
export const bounceAddress = 'b-token@bounce.example.com';
export const copyOfOurs =
  'From: Sofia & Daniel <no-reply@mail.example.com>\nTo: guest@guests.example\nSubject: You are invited\n\nDear Ana, we expect 550 guests and hope the mailbox for answers is not full.\n';

export interface Cause {
  name: string;
  code: string;
  /** What the receiving server said. */
  said: string;
  bounceClass: BounceClass;
}

export const cause = (bounceClass: BounceClass, code: string, said: string): Cause => ({
  name: `${code} ${said.slice(0, 40)}`,
  code,
  said,
  bounceClass,
});

/** Why e-mails come back, in the words of different receivers, and what it says of the address. */
export const causes: readonly Cause[] = [
  cause(
    'hard',
    '5.1.1',
    '550 5.1.1 <guest@guests.example>: Recipient address rejected: User unknown in virtual mailbox table',
  ),
  cause(
    'hard',
    '5.1.1',
    '550-5.1.1 The account that was addressed does not exist. Please check for typing errors',
  ),
  cause('hard', '5.1.2', '550 5.1.2 The domain of the recipient does not exist'),
  cause('hard', '5.1.10', '556 5.1.10 guests.example takes no mail (null MX)'),
  cause('hard', '5.2.1', '550 5.2.1 The account you tried to reach is disabled'),
  cause('hard', '5.4.1', '550 5.4.1 Recipient address rejected: Access denied. AS(20180628)'),
  cause('hard', '5.7.1', '550 5.7.1 <guest@guests.example>... no such user'),
  cause('hard', '5.0.0', '550 Requested action not taken: mailbox unavailable'),
  cause('soft', '5.2.2', '552 5.2.2 The mailbox of this recipient is full'),
  cause('soft', '4.2.2', '452 4.2.2 The recipient is over quota, try later'),
  cause('soft', '4.4.1', '421 4.4.1 Connection timed out'),
  cause('soft', '4.4.7', '4.4.7 Message expired after five days in the queue'),
  cause('soft', '4.3.2', '451 4.3.2 System not accepting messages right now, try again'),
  cause('soft', '5.0.0', '552 Storage quota exceeded for this account'),
  cause('blocked', '5.7.1', '550 5.7.1 Message refused because of a policy restriction'),
  cause(
    'blocked',
    '5.7.26',
    '550-5.7.26 This mail is unauthenticated: neither SPF nor DKIM passed',
  ),
  cause('blocked', '5.7.1', '554 5.7.1 Service unavailable; client host listed at dnsbl.example'),
  cause('blocked', '5.3.4', '552 5.3.4 Message size exceeds fixed limit'),
  cause('blocked', '5.6.0', '554 5.6.0 Content rejected by filter'),
  cause(
    'blocked',
    '5.7.515',
    '550 5.7.515 Access denied, sending domain does not meet the required authentication level',
  ),
];

interface Shape {
  name: string;
  from: string;
  subject: string;
  /** What people read above the machine's part. */
  words: (said: string) => string;
  fields: (status: string, said: string, action: string) => string;
}

const recipientFields = (status: string, said: string, action: string) =>
  `Final-Recipient: rfc822; guest@guests.example\nAction: ${action}\nStatus: ${status}\nRemote-MTA: dns; mx.guests.example\nDiagnostic-Code: smtp; ${said}`;

const shapes: readonly Shape[] = [
  {
    name: 'relay',
    from: 'MAILER-DAEMON@relay.example (Mail Delivery System)',
    subject: 'Undelivered Mail Returned to Sender',
    words: (said) =>
      `The mail system at relay.example gave up on your message.\n\n<guest@guests.example>: host mx.guests.example said: ${said}`,
    fields: recipientFields,
  },
  {
    name: 'folded fields',
    from: 'Mail Delivery Subsystem <mailer-daemon@large.example>',
    subject: 'Delivery Status Notification (Failure)',
    words: () => 'Address problem\n\nYour message did not reach guest@guests.example.',
    fields: (status, said, action) =>
      recipientFields(status, said.replace(' ', '\n '), action).replaceAll('Status', 'STATUS'),
  },
  {
    name: 'groupware',
    from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@tenant.example>',
    subject: 'Undeliverable: You are invited',
    words: () => 'Delivery has failed to these recipients or groups:',
    fields: (status, said, action) =>
      `Original-Recipient: rfc822;guest@guests.example\n${recipientFields(status, said, action)}\nX-Display-Name: Guest`,
  },
  {
    name: 'general status',
    from: 'MAILER-DAEMON@old.example',
    subject: 'Returned mail: see transcript for details',
    words: (said) =>
      `   ----- The following addresses had permanent fatal errors -----\n<guest@guests.example>\n    (reason: ${said})`,
    fields: (_status, said, action) =>
      recipientFields(action === 'delayed' ? '4.0.0' : '5.0.0', said, action),
  },
];

interface Outcome {
  status: string;
  said: string;
  action: string;
}

const report = (shape: Shape, { status, said, action }: Outcome) =>
  crlf(`Return-Path: <>
From: ${shape.from}
To: ${bounceAddress}
Subject: ${shape.subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

${shape.words(said)}

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Fri, 1 May 2026 10:00:00 +0000

${shape.fields(status, said, action)}

--part
Content-Type: message/rfc822

${copyOfOurs}
--part--
`);

export const finalReports = (): InboundSample[] =>
  shapes.flatMap((shape) =>
    causes.map(({ name, code, said, bounceClass }) => ({
      name: `report, ${shape.name}: ${name}`,
      raw: report(shape, { status: code, said, action: 'failed' }),
      mailFrom: '',
      expected: { kind: 'bounced', bounceClass },
    })),
  );

const delays = [
  ['4.7.1', '451 4.7.1 Greylisted, try again in five minutes'],
  ['4.4.1', '421 4.4.1 No answer from host'],
  ['4.2.2', '452 4.2.2 Mailbox full'],
] as const;

export const otherReports = (): InboundSample[] =>
  shapes.flatMap((shape) => [
    ...delays.map(([status, said]) => ({
      name: `delay, ${shape.name}: ${said}`,
      raw: report({ ...shape, subject: 'Delivery delayed' }, { status, said, action: 'delayed' }),
      mailFrom: '',
      expected: { kind: 'deferred' },
    })),
    {
      name: `success, ${shape.name}`,
      raw: report(shape, { status: '2.1.5', said: '250 2.1.5 OK', action: 'delivered' }),
      mailFrom: '',
      expected: { kind: 'delivered' },
    },
    {
      name: `relayed, ${shape.name}`,
      raw: report(shape, { status: '2.1.9', said: '250 2.1.9 passed on', action: 'relayed' }),
      mailFrom: '',
      expected: { kind: 'ignored' },
    },
  ]);
