import type { ComplianceLine, ComplianceReport } from '@wedsync/contracts/communications-integrity';

/** What the database counts for one company and period. */
export interface ComplianceFigures {
  organization: string;
  hasPostalAddress: boolean;
  weddings: number;
  messages: number;
  commercialMessages: number;
  emailsLeft: number;
  textsLeft: number;
  complained: number;
  unsubscribed: number;
  textConsents: number;
  textConsentsProven: number;
  withdrawals: number;
  sentAfterOptOut: number;
  sentWithoutConsent: number;
  sentToForgotten: number;
  forgotten: number;
  auditEntries: number;
  integrityRuns: number;
  /** 0 where contacts are kept without end. */
  contactsKeptMonths: number;
}

type Verdict = ComplianceLine['verdict'];
type Line = Omit<ComplianceLine, 'law'>;

/** Broken where something was found; kept only where somebody has looked. */
const unlessFound = (found: number, runs: number): Verdict => {
  if (found > 0) return 'broken';
  return runs > 0 ? 'kept' : 'unproven';
};

const complaintShareMax = 0.003;

/** The seven duties of the CAN-SPAM Act as the FTC's guide for businesses lists them. */
function canSpam(figures: ComplianceFigures): Line[] {
  const { emailsLeft, commercialMessages, unsubscribed, sentAfterOptOut, integrityRuns } = figures;
  const ads = commercialMessages === 0;
  return [
    {
      rule: '1',
      title: 'True sender and routing',
      verdict: 'kept',
      evidence: `Every e-mail leaves from the installation's own domain; nobody can set another sender (${emailsLeft} e-mails).`,
    },
    {
      rule: '2',
      title: 'Honest subject',
      verdict: 'unproven',
      evidence: 'A machine cannot judge it. The wording of each message is kept with the message.',
    },
    {
      rule: '3',
      title: 'Advertising is marked as such',
      verdict: ads ? 'kept' : 'unproven',
      evidence: ads
        ? 'No message was commercial.'
        : `${commercialMessages} messages were commercial; look at their wording.`,
    },
    {
      rule: '4',
      title: 'Postal address',
      verdict: figures.hasPostalAddress ? 'kept' : 'broken',
      evidence: figures.hasPostalAddress
        ? 'The company’s address stands at the foot of each e-mail.'
        : 'The company has no postal address; enter it in the company’s settings.',
    },
    {
      rule: '5',
      title: 'A clear way to opt out',
      verdict: 'kept',
      evidence: `Each e-mail carries a link and the headers for one click (RFC 8058); ${unsubscribed} opted out.`,
    },
    {
      rule: '6',
      title: 'Opting out is honoured in time',
      verdict: unlessFound(sentAfterOptOut, integrityRuns),
      evidence: `${sentAfterOptOut} messages left later than two minutes after an opt-out; ${integrityRuns} checks looked.`,
    },
    {
      rule: '7',
      title: 'Answering for others who send',
      verdict: 'unproven',
      evidence: 'Only this installation sends. What is sent elsewhere is not known here.',
    },
  ];
}

function retention(months: number): Line {
  const limited = months > 0;
  return {
    rule: 'Art. 5(1)(e)',
    title: 'Data are kept no longer than needed',
    verdict: limited ? 'kept' : 'unproven',
    evidence: limited
      ? `Contacts go ${months} months after the wedding.`
      : 'Contacts are kept until somebody erases them; set a limit unless there is a reason.',
  };
}

function gdpr(figures: ComplianceFigures): Line[] {
  const { textConsents, textConsentsProven, sentWithoutConsent, integrityRuns } = figures;
  const { complained, emailsLeft } = figures;
  return [
    retention(figures.contactsKeptMonths),
    {
      rule: 'Art. 7(1)',
      title: 'Consent can be shown',
      verdict: textConsents === textConsentsProven ? 'kept' : 'broken',
      evidence: `${textConsentsProven} of ${textConsents} consents to texts name the wording shown or what proves them.`,
    },
    {
      rule: 'Art. 6, 7',
      title: 'Nothing is sent without a basis',
      verdict: unlessFound(sentWithoutConsent, integrityRuns),
      evidence: `${sentWithoutConsent} messages left without the consent they needed; ${figures.textsLeft} texts in all.`,
    },
    {
      rule: 'Art. 7(3)',
      title: 'Withdrawing is as easy as giving',
      verdict: 'kept',
      evidence: `One page per household and one click per e-mail; ${figures.withdrawals} withdrawals recorded.`,
    },
    {
      rule: 'Art. 17',
      title: 'Erasure',
      verdict: unlessFound(figures.sentToForgotten, integrityRuns),
      evidence: `${figures.forgotten} guests were forgotten; ${figures.sentToForgotten} messages left for one afterwards.`,
    },
    {
      rule: 'Art. 21',
      title: 'Objections',
      verdict: emailsLeft === 0 || complained / emailsLeft <= complaintShareMax ? 'kept' : 'broken',
      evidence: `${complained} complaints about ${emailsLeft} e-mails; each stops the address at once.`,
    },
    {
      rule: 'Art. 30',
      title: 'Records of what was done',
      verdict: figures.auditEntries > 0 || figures.messages === 0 ? 'kept' : 'unproven',
      evidence: `${figures.auditEntries} entries in the audit log.`,
    },
    {
      rule: 'Art. 32',
      title: 'Security',
      verdict: 'kept',
      evidence: 'Addresses and numbers are encrypted under a key of each guest (AES-256-GCM).',
    },
  ];
}

/** The report of a company: what two laws ask, what is so, and what shows it. */
export function complianceReport(
  figures: ComplianceFigures,
  period: { from: string; to: string; preparedAt: string },
): ComplianceReport {
  const { organization, hasPostalAddress: _, ...numbers } = figures;
  const of = (law: ComplianceLine['law'], lines: Line[]) => lines.map((line) => ({ law, ...line }));
  return {
    organization,
    ...period,
    weddings: figures.weddings,
    messagesSent: figures.messages,
    lines: [...of('GDPR', gdpr(figures)), ...of('CAN-SPAM', canSpam(figures))],
    figures: numbers,
  };
}

/** A cell of CSV (RFC 4180); what a spreadsheet would take for a formula is defused. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The report as a table for a spreadsheet. */
export function complianceCsv(report: ComplianceReport): string {
  const rows: (string | number)[][] = [
    ['Law', 'Rule', 'Title', 'Verdict', 'Evidence'],
    ...report.lines.map(({ law, rule, title, verdict, evidence }) => [
      law,
      rule,
      title,
      verdict,
      evidence,
    ]),
    [],
    ['Organization', report.organization],
    ['From', report.from],
    ['To', report.to],
    ['Prepared', report.preparedAt],
    ...Object.entries(report.figures).map(([name, value]) => [name, value]),
  ];
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
