import type { MessageKind } from '@wedsync/contracts/communications-templates';
import { buttonLabel } from '../button-labels.ts';
import {
  type EmailContent,
  emailHtml,
  emailText,
  escapeHtml,
  withLegalFooter,
} from '../email-layout.ts';
import {
  coupleNames,
  type MergeWedding,
  type SharedField,
  sharedFields,
  weddingValues,
} from '../merge-values.ts';
import { compileWording, type MergeValues, singleLine } from '../wording.ts';
import { phrase } from './encoded-words.ts';
import { AddressError, envelopeAddress } from './mail-address.ts';
import {
  type FieldName,
  fieldMark,
  fieldNames,
  type Segment,
  toSegments,
  withoutMarks,
} from './marks.ts';
import { encodePiece } from './quoted-printable.ts';

/** What all e-mails of one message in one language share. */
export interface EmailFrame {
  kind: MessageKind;
  wedding: MergeWedding;
  /** BCP 47, of the wording. */
  language: string;
  /** Company and postal address for the foot of the e-mail. */
  senderAddress: string;
  /** Address of the sender, without a name: the name is the couple's. */
  fromAddress: string;
  replyTo: string | null;
  /** `Feedback-ID`, by which receivers group complaints; printable ASCII without spaces. */
  feedbackId: string | null;
}

/** What a planner wrote, with the merge fields in it. */
export interface EmailWording {
  subject: string;
  /** Plain text, paragraphs separated by blank lines. */
  body: string;
  /** A complete HTML document in place of our own layout, e.g. compiled from MJML. */
  html: string | null;
}

/** Pre-encoded text, a field to encode, or pieces that need a field to have a value. */
export type Piece =
  | Buffer
  | { field: FieldName; isHtml: boolean }
  | { when: FieldName; pieces: readonly Piece[] };

/** The three things that are worded. */
export interface Worded {
  subject: string;
  text: string;
  html: string;
}

/** An e-mail worked out as far as it is the same for everybody. */
export interface CompiledEmail {
  /** Headers before and after those that differ, each with its line end. */
  readonly head: { from: string; replyTo: string; rest: string };
  readonly messageIdDomain: string;
  readonly boundary: string;
  /** In pieces where fields are just put in; by the template engine where wording has conditions. */
  readonly wording:
    | { kind: 'pieces'; subject: Segment[]; text: readonly Piece[]; html: readonly Piece[] }
    | { kind: 'engine'; render(values: MergeValues, unsubscribeUrl: string | null): Worded };
}

const simpleOutput = /\{\{\s*([a-z_]+)\s*\}\}/g;
const isShared = (name: string): name is SharedField =>
  (sharedFields as readonly string[]).includes(name);
const isField = (name: string): name is FieldName =>
  (fieldNames as readonly string[]).includes(name);

/**
 * Puts marks for the fields of a guest and the values of those that all guests share; undefined
 * where the text does more than name fields.
 */
function mark(source: string, shared: (name: SharedField) => string): string | undefined {
  let isSimple = true;
  const rest = source.replace(simpleOutput, '');
  if (rest.includes('{{') || rest.includes('{%')) return undefined;
  const marked = withoutMarks(source).replace(simpleOutput, (_, name: string) => {
    if (isShared(name)) return withoutMarks(shared(name));
    if (isField(name)) return fieldMark(name);
    isSimple = false;
    return '';
  });
  return isSimple ? marked : undefined;
}

function toPieces(segments: readonly Segment[], isHtml: boolean): Piece[] {
  return segments.map((segment) => {
    switch (segment.kind) {
      case 'text':
        return Buffer.from(encodePiece(segment.text), 'latin1');
      case 'field':
        return { field: segment.field, isHtml };
      case 'when':
        return { when: segment.field, pieces: toPieces(segment.segments, isHtml) };
      default:
        return segment satisfies never;
    }
  });
}

function contentOf(frame: EmailFrame, worded: { subject: string; body: string }): EmailContent {
  const { couple_names, wedding_title } = weddingValues(frame.wedding);
  return {
    ...worded,
    heading: couple_names || wedding_title,
    buttonUrl: fieldMark('rsvp_link'),
    buttonLabel: buttonLabel(frame.kind, frame.language),
    senderAddress: frame.senderAddress,
    unsubscribeUrl: fieldMark('unsubscribe_link'),
    language: frame.language,
  };
}

/** For wording that only names fields: everything else is laid out and encoded now. */
function inPieces(frame: EmailFrame, wording: EmailWording): CompiledEmail['wording'] | undefined {
  const shared = weddingValues(frame.wedding);
  const plain = (name: SharedField) => shared[name];
  const subject = mark(singleLine(wording.subject), plain);
  const body = mark(wording.body, plain);
  const html = wording.html && mark(wording.html, (name) => escapeHtml(plain(name)));
  if (subject === undefined || body === undefined || html === undefined) return undefined;
  const content = contentOf(frame, { subject, body });
  const laidOut = html ? withLegalFooter(html, content) : emailHtml(content);
  return {
    kind: 'pieces',
    subject: toSegments(subject),
    text: toPieces(toSegments(emailText(content)), false),
    html: toPieces(toSegments(laidOut), true),
  };
}

/** For wording with conditions: rendered and laid out guest by guest. */
function byEngine(frame: EmailFrame, wording: EmailWording): CompiledEmail['wording'] {
  const engine = compileWording(wording);
  return {
    kind: 'engine',
    render(values, unsubscribeUrl) {
      const worded = engine.render(values);
      const content: EmailContent = {
        ...contentOf(frame, worded),
        buttonUrl: values.rsvp_link,
        unsubscribeUrl,
      };
      const html =
        worded.html === null ? emailHtml(content) : withLegalFooter(worded.html, content);
      return { subject: worded.subject, text: emailText(content), html };
    },
  };
}

const token = /^[!-~]{1,200}$/;

/** Of the sender and of replies: they stand in every copy, so they must be ASCII for every server. */
function ownAddress(written: string): string {
  const { address, needsSmtpUtf8 } = envelopeAddress(written.trim());
  if (needsSmtpUtf8) throw new AddressError();
  return address;
}

function headOf(frame: EmailFrame, from: string, boundary: string): CompiledEmail['head'] {
  const name = phrase(singleLine(coupleNames(frame.wedding)));
  const replyTo = frame.replyTo && ownAddress(frame.replyTo);
  const feedbackId = frame.feedbackId && token.test(frame.feedbackId) ? frame.feedbackId : null;
  return {
    from: `From: ${name ? `${name}\r\n <${from}>` : from}\r\n`,
    replyTo: replyTo ? `Reply-To: ${replyTo}\r\n` : '',
    rest: [
      // RFC 3834: answering machines keep quiet; the second is Exchange's word for it.
      'Auto-Submitted: auto-generated',
      'X-Auto-Response-Suppress: OOF, AutoReply',
      'Precedence: bulk',
      ...(feedbackId ? [`Feedback-ID: ${feedbackId}`] : []),
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
      '\r\n',
    ].join('\r\n'),
  };
}

/**
 * Works an e-mail out once for all guests who read it in one language: lays out, encodes and splits
 * it at the merge fields, so that a guest's copy is pieces and values put one after the other.
 * @throws DomainError `invalid` `communications.wording`
 * @throws AddressError for a sender or reply address that is none
 */
export function compileEmail(frame: EmailFrame, wording: EmailWording): CompiledEmail {
  // `=_` never occurs in quoted-printable text (RFC 2045 §6.7), so no body can hold the boundary.
  const boundary = '=_wedsync_alternative';
  const from = ownAddress(frame.fromAddress);
  return {
    head: headOf(frame, from, boundary),
    messageIdDomain: from.slice(from.lastIndexOf('@') + 1),
    boundary,
    wording: inPieces(frame, wording) ?? byEngine(frame, wording),
  };
}
