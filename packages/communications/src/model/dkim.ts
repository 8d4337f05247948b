import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';

export interface DkimOptions {
  /** The domain that answers for the e-mail; aligned with From, or DMARC does not count it. */
  domain: string;
  selector: string;
  /** PEM, PKCS #8 or PKCS #1: RSA, 2048 bits or more, or Ed25519 (RFC 8463). */
  privateKey: string | KeyObject;
  /** Seconds since the epoch, for `t=`. */
  now?: () => number;
}

export interface DkimRecord {
  /** Where in DNS. */
  name: string;
  /** The text of the TXT record; longer than 255 characters, so zone files write it in pieces. */
  value: string;
}

export interface DkimSigner {
  readonly domain: string;
  readonly selector: string;
  /** What must stand in DNS for the signatures to count. */
  readonly record: DkimRecord;
  /** The DKIM-Signature header, with its line end, to be put before the content. */
  sign(content: Buffer): string;
  /** The same from a thread of the pool: an RSA signature takes ten times what sending takes. */
  signSoon(content: Buffer, done: (header: string) => void): void;
}

/** The private key cannot be used. */
export class DkimKeyError extends Error {
  constructor(why: string) {
    super(`The DKIM key cannot be used: ${why}. Make one with: openssl genrsa 2048`);
    this.name = 'DkimKeyError';
  }
}

/**
 * Signed where present. RFC 8058 §4 wants both unsubscribe headers covered; `From` is named once
 * more than it occurs, so that a second one added later breaks the signature (RFC 6376 §8.15).
 */
const signedNames = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'MIME-Version',
  'Content-Type',
] as const;
const signedLower = new Map(signedNames.map((name) => [name.toLowerCase(), name]));

const rsaBitsMin = 2_048;

function readKey(privateKey: string | KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  } catch {
    throw new DkimKeyError('it is not a private key in PEM form');
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519') return key;
  if (type !== 'rsa') throw new DkimKeyError('it is neither RSA nor Ed25519');
  if ((details?.modulusLength ?? 0) < rsaBitsMin) {
    throw new DkimKeyError(`it has fewer than ${rsaBitsMin} bits`);
  }
  return key;
}

const headerEnd = '\r\n\r\n';

/** RFC 6376 §3.4.2. */
const relaxHeader = (name: string, value: string) =>
  `${name.toLowerCase()}:${value
    .replace(/\r\n(?=[ \t])/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;

/** Anything that relaxing would change within the lines. */
const loose = /\t| {2}| \r\n/;

/** RFC 6376 §3.4.4: blanks run together, none at the end of a line, no empty lines at the end. */
export function relaxBody(body: string): string {
  const relaxed = loose.test(body)
    ? body
        .replace(/[ \t]+/g, ' ')
        .replaceAll(' \r\n', '\r\n')
        .replace(/ $/, '')
    : body;
  let end = relaxed.length;
  while (end >= 2 && relaxed[end - 1] === '\n' && relaxed[end - 2] === '\r') end -= 2;
  return end === 0 ? '' : `${relaxed.slice(0, end)}\r\n`;
}

/** The headers to be signed as they are hashed, in the order in which `h=` names them. */
function relaxHeaders(head: string): { names: string[]; lines: string } {
  const found = new Map<string, string>();
  for (const field of head.split(/\r\n(?![ \t])/)) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).trimEnd().toLowerCase();
    // Of several, a verifier takes the last first (RFC 6376 §5.4.2).
    if (signedLower.has(name)) found.set(name, relaxHeader(name, field.slice(colon + 1)));
  }
  const names = signedNames.filter((name) => found.has(name.toLowerCase()));
  const lines = names.map((name) => `${found.get(name.toLowerCase())}\r\n`).join('');
  return { names: ['From', ...names], lines };
}

const wide = /.{1,72}/g;

/** Breaks a signature into lines: blanks inside `b=` mean nothing. */
const fold = (text: string) => text.match(wide)?.join('\r\n ') ?? '';

function recordOf({ domain, selector }: DkimOptions, key: KeyObject): DkimRecord {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  // RFC 8463 §3: the bare key, which is the end of its DER form.
  const p = (isRsa ? spki : spki.subarray(-32)).toString('base64');
  return {
    name: `${selector}._domainkey.${domain}`,
    value: `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${p}`,
  };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;

/** Where the empty lines at the end of a body begin; its last line end is left. */
function endOfText(body: Buffer): number {
  let end = body.length;
  while (end >= 2 && body[end - 1] === lineFeed && body[end - 2] === carriageReturn) end -= 2;
  return end;
}

/** Anything that relaxing would change within the lines; a look at the bytes costs next to nothing. */
const isLoose = (body: Buffer) =>
  body.includes(tab) || body.includes('  ') || body.includes(' \r\n') || body.at(-1) === 0x20;

/** Of the relaxed body: of its own bytes where relaxing changes nothing, as nearly always. */
function hashBody(body: Buffer): string {
  const end = endOfText(body);
  if (end === body.length || end === 0 || isLoose(body)) {
    return hash('sha256', Buffer.from(relaxBody(body.toString('latin1')), 'latin1'), 'base64');
  }
  return hash('sha256', body.subarray(0, end + 2), 'base64');
}

/** The header up to its signature, and what is to be signed. */
function prepare(fixed: string, seconds: number, content: Buffer) {
  const end = content.indexOf(headerEnd);
  const head = content.toString('latin1', 0, end === -1 ? content.length : end);
  const bodyHash = hashBody(content.subarray(end === -1 ? content.length : end + headerEnd.length));
  const { names, lines } = relaxHeaders(head);
  const value = ` ${fixed} t=${seconds};\r\n h=${namesField(names)};\r\n bh=${bodyHash};\r\n b=`;
  return { value, signed: Buffer.from(lines + relaxHeader('DKIM-Signature', value), 'latin1') };
}

let lastNames = { joined: '', field: '' };

/** Folded; all e-mails of a mailing have the same. */
function namesField(names: readonly string[]): string {
  const joined = names.join(':');
  if (lastNames.joined !== joined) {
    lastNames = { joined, field: joined.replace(/(.{40,60}?:)(?=.)/g, '$1\r\n ') };
  }
  return lastNames.field;
}

/**
 * Signs e-mails (RFC 6376, relaxed/relaxed, rsa-sha256 or ed25519-sha256). The key is read once:
 * parsing it again for every e-mail costs as much as the signature.
 * @throws DkimKeyError
 */
export function createDkimSigner(options: DkimOptions): DkimSigner {
  const { domain, selector } = options;
  const key = readKey(options.privateKey);
  const isRsa = key.asymmetricKeyType === 'rsa';
  const now = options.now ?? (() => Math.floor(Date.now() / 1_000));
  const fixed = `v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed;\r\n d=${domain}; s=${selector};`;
  const algorithm = isRsa ? 'sha256' : null;
  // RFC 8463 §3: Ed25519 signs the hash, RSA brings its own.
  const input = (signed: Buffer) => (isRsa ? signed : hash('sha256', signed, 'buffer'));
  const header = (value: string, signature: Buffer) =>
    `DKIM-Signature:${value}${fold(signature.toString('base64'))}\r\n`;

  return {
    domain,
    selector,
    record: recordOf(options, key),
    sign(content) {
      const { value, signed } = prepare(fixed, now(), content);
      return header(value, sign(algorithm, input(signed), key));
    },
    signSoon(content, done) {
      const { value, signed } = prepare(fixed, now(), content);
      sign(algorithm, input(signed), key, (error, signature) => {
        if (error) throw error;
        done(header(value, signature));
      });
    },
  };
}
