import type { DeliveryId } from '@wedsync/contracts/ids';
import type { Mailbox, OutboundEmail } from '../../ports.ts';
import { escapeValue, type MergeValues, singleLine } from '../wording.ts';
import type { CompiledEmail, Piece } from './compile-email.ts';
import { ContentWriter } from './content-writer.ts';
import { phrase, unstructured } from './encoded-words.ts';
import { envelopeAddress } from './mail-address.ts';
import type { Segment } from './marks.ts';
import { encodeBody, encodeValue } from './quoted-printable.ts';

/** What differs from guest to guest. */
export interface EmailValues {
  /** Left of the `@` of the Message-ID; the same for every attempt of a delivery. */
  id: string;
  to: Mailbox;
  /** Null for mail that nobody can unsubscribe from. */
  unsubscribeUrl: string | null;
  date: Date;
  /** In place of the frame's: an address of ours that takes answers to this very copy. */
  replyTo?: string | undefined;
  fields: MergeValues;
}

/** The data of one guest cannot be made into an e-mail. */
export class RenderError extends Error {
  constructor(what: string) {
    super(`The e-mail of this guest cannot be made: ${what}.`);
    this.name = 'RenderError';
  }
}

const subjectMax = 400;
const nameMax = 200;
/** Of one part; what people write is far below, so only a mistake gets here. */
const partMax = 2_000_000;

/** Making an e-mail is synchronous, so one is enough. */
const writer = new ContentWriter();

const escapable = /[&<>"'\n]/;

function fieldValue({ fields, unsubscribeUrl }: EmailValues, field: string): string {
  if (field === 'unsubscribe_link') return unsubscribeUrl ?? '';
  return fields[field as keyof MergeValues] ?? '';
}

function writePieces(pieces: readonly Piece[], values: EmailValues): void {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) {
      writer.bytes(piece);
    } else if ('field' in piece) {
      const value = fieldValue(values, piece.field);
      if (value !== '') {
        writer.text(
          encodeValue(piece.isHtml && escapable.test(value) ? escapeValue(value) : value),
        );
      }
    } else if (fieldValue(values, piece.when) !== '') {
      writePieces(piece.pieces, values);
    }
  }
}

function renderSubject(segments: readonly Segment[], values: EmailValues): string {
  let out = '';
  for (const segment of segments) {
    if (segment.kind === 'text') out += segment.text;
    else if (segment.kind === 'field') out += fieldValue(values, segment.field);
  }
  return out;
}

/** Subject, and what writes the two parts. */
function wordFor({ wording }: CompiledEmail, values: EmailValues) {
  if (wording.kind === 'pieces') {
    return {
      subject: renderSubject(wording.subject, values),
      writeText: () => writePieces(wording.text, values),
      writeHtml: () => writePieces(wording.html, values),
    };
  }
  const { subject, text, html } = wording.render(values.fields, values.unsubscribeUrl);
  return {
    subject,
    writeText: () => writer.text(encodeBody(text)),
    writeHtml: () => writer.text(encodeBody(html)),
  };
}

/** A part between its boundaries. @throws RenderError for one that no mail server would take */
function writePart(type: 'plain' | 'html', boundary: string, write: () => void): void {
  writer.text(
    `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
  );
  const before = writer.length;
  write();
  if (writer.length - before > partMax) throw new RenderError('it is too long');
  writer.text('\r\n');
}

let lastDate = { second: -1, text: '' };

/** RFC 5322 §3.3: JavaScript's own form but for the name of the zone. Many e-mails share a second. */
function formatDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1_000);
  if (lastDate.second !== second) {
    lastDate = { second, text: date.toUTCString().replace('GMT', '+0000') };
  }
  return lastDate.text;
}

const idShape = /^[A-Za-z0-9-]{1,100}$/;
const ownAddressShape = /^[a-z0-9+_.-]{1,64}@[A-Za-z0-9.-]{1,190}$/;
const urlShape = /^https?:\/\/[!-;=?-~]{1,800}$/;

/** Cut between characters, never inside a surrogate pair. */
const cut = (text: string, max: number) =>
  text.length > max ? text.slice(0, max).toWellFormed() : text;

/** A line of a header cannot be started by anything in here: every value is one line. */
function renderHead(compiled: CompiledEmail, values: EmailValues, to: string): string {
  const { id, unsubscribeUrl, date, replyTo } = values;
  if (!idShape.test(id)) throw new RenderError('its id is not one');
  if (unsubscribeUrl !== null && !urlShape.test(unsubscribeUrl)) {
    throw new RenderError('the link to unsubscribe is not one');
  }
  if (replyTo !== undefined && !ownAddressShape.test(replyTo)) {
    throw new RenderError('the address for answers is not one');
  }
  const name = phrase(singleLine(cut(values.to.name, nameMax)));
  // RFC 8058: one HTTPS address, and the word that a POST to it needs no further question. Never
  // folded: some relays unfold it and so break the signature over it.
  const unsubscribe = unsubscribeUrl
    ? `List-Unsubscribe: <${unsubscribeUrl}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`
    : '';
  return `Date: ${formatDate(date)}\r\n${compiled.head.from}${
    replyTo === undefined ? compiled.head.replyTo : `Reply-To: ${replyTo}\r\n`
  }To: ${
    name ? `${name}\r\n <${to}>` : to
  }\r\n${unsubscribe}Message-ID: <${id}@${compiled.messageIdDomain}>\r\n`;
}

function render(compiled: CompiledEmail, values: EmailValues) {
  const to = envelopeAddress(values.to.address);
  const { boundary } = compiled;
  const { subject, writeText, writeHtml } = wordFor(compiled, values);
  const subjectLine = unstructured(singleLine(cut(subject, subjectMax)), 'Subject');
  writer.begin();
  writer.text(renderHead(compiled, values, to.address));
  writer.text(`Subject: ${subjectLine}\r\n${compiled.head.rest}`);
  writePart('plain', boundary, writeText);
  writePart('html', boundary, writeHtml);
  writer.text(`--${boundary}--\r\n`);
  return { content: writer.take(), to };
}

/**
 * One guest's copy, as RFC 5322 text with CRLF.
 * @throws AddressError, RenderError, and what the template engine throws at its limits; only this
 * guest is concerned
 */
export function renderEmail(compiled: CompiledEmail, values: EmailValues): Buffer {
  return render(compiled, values).content;
}

const ascii = /^[ -~]*$/;

/** One guest's copy with its envelope, ready for a transport. Throws as `renderEmail`. */
export function outboundEmail(
  compiled: CompiledEmail,
  values: EmailValues,
  { id, envelopeFrom }: { id: DeliveryId; envelopeFrom: string },
): OutboundEmail {
  const { content, to } = render(compiled, values);
  return {
    id,
    envelopeFrom: ascii.test(envelopeFrom) ? envelopeFrom : envelopeAddress(envelopeFrom).address,
    envelopeTo: to.address,
    content,
    needsSmtpUtf8: to.needsSmtpUtf8,
  };
}
