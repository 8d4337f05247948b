import { domainToASCII } from 'node:url';

/** An address as it stands in the envelope. */
export interface EnvelopeAddress {
  address: string;
  /** The local part is not ASCII: only a server with SMTPUTF8 can take it (RFC 6531). */
  needsSmtpUtf8: boolean;
}

/** The address of one recipient cannot be written to. */
export class AddressError extends Error {
  constructor() {
    super('The e-mail address is not valid.');
    this.name = 'AddressError';
  }
}

// RFC 5321 §4.5.3.1.
const localPartMax = 64;
const addressMax = 254;

/** Dot-atom (RFC 5322 §3.2.3) and the letters beyond ASCII that RFC 6532 adds. */
const localPart =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10FFFF}-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10FFFF}-]+)*$/u;
/** Quoted string without escapes or controls: rare, and allowed. */
const quotedLocalPart = /^"[ !#-[\]-~]+"$/;
const domainShape =
  /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const invisible = /[\p{C}\p{Z}]/u;
const ascii = /^[ -~]*$/;

/**
 * Checks an address and turns an internationalized domain into its ASCII form (RFC 5890). What
 * passes holds no space, line end, control character or angle bracket: it can stand in a command.
 * @throws AddressError
 */
export function envelopeAddress(written: string): EnvelopeAddress {
  const at = written.lastIndexOf('@');
  const local = written.slice(0, at);
  if (at < 1 || Buffer.byteLength(local, 'utf8') > localPartMax) throw new AddressError();
  const isQuoted = quotedLocalPart.test(local);
  if (!isQuoted && (!localPart.test(local) || invisible.test(local))) throw new AddressError();
  const domainWritten = written.slice(at + 1);
  if (invisible.test(domainWritten)) throw new AddressError();
  const domain = ascii.test(domainWritten) ? domainWritten : domainToASCII(domainWritten);
  if (!domainShape.test(domain)) throw new AddressError();
  const address = `${local}@${domain}`;
  if (Buffer.byteLength(address, 'utf8') > addressMax) throw new AddressError();
  return { address, needsSmtpUtf8: !ascii.test(local) };
}
