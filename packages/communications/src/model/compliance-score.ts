import type { ComplianceScore } from '@wedsync/contracts/communications-control';
import { scoreCanSpam } from './can-spam.ts';
import { coupleNames, type MergeWedding } from './merge-values.ts';

export interface ComplianceInput {
  message: { purpose: ComplianceScore['purpose']; replyTo: string | null };
  frame: { wedding: MergeWedding; senderAddress: string; replyTo: string | null };
  wording: { subject: string; body: string; html: string | null } | undefined;
  /** Undefined for channels to which the law on e-mail does not apply. */
  sample:
    | { email: { content: Uint8Array }; unsubscribeUrl: string; fromAddress: string }
    | undefined;
  optedOut: number;
}

/** The quoted-printable parts of a message of ours, decoded. */
function partsOf(raw: string): { headers: string; text: string; html: string } {
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? '';
  const [, text = '', html = ''] = rest.join('\r\n\r\n').split(`--${boundary}`);
  return { headers, text: decode(text), html: decode(html) };
}

/** RFC 2045 §6.7. */
function decode(part: string): string {
  const body = part.slice(part.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '');
  const bytes = body.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const octets = Uint8Array.from(bytes, (character) => character.charCodeAt(0) & 0xff);
  return new TextDecoder().decode(octets);
}

/** How a message stands with the law, judged by the e-mail as it would leave. */
export function complianceOf(input: ComplianceInput): ComplianceScore {
  const { message, frame, wording, sample, optedOut } = input;
  const { purpose } = message;
  if (!sample || !wording) {
    const evidence = 'The law asks this of e-mails; texts and notices have rules of their own';
    const item = { id: 'channel', kind: 'check' as const, title: 'Not an e-mail', passed: true };
    return {
      purpose,
      binding: false,
      score: 100,
      items: [{ ...item, points: 100, pointsMax: 100, evidence }],
    };
  }
  const raw = new TextDecoder('latin1').decode(sample.email.content);
  const { headers, text, html } = partsOf(raw);
  return scoreCanSpam({
    purpose,
    from: { name: coupleNames(frame.wedding), address: sample.fromAddress },
    replyTo: message.replyTo ?? frame.replyTo,
    senderAddress: frame.senderAddress,
    subject: wording.subject
      .replace(/\{\{[^}]*\}\}/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    text,
    html,
    headers,
    unsubscribeUrl: sample.unsubscribeUrl,
    optedOut,
  });
}
