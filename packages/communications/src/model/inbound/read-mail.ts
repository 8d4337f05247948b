import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** An e-mail as far as it is needed to tell what it is. */
export interface ReadMail {
  /** Value of the first header of that name, unfolded; empty where there is none. */
  header(name: string): string;
  /** The sender's address in lower case. */
  from: string;
  fromName: string;
  subject: string;
  /** How many systems it passed: its `Received` headers. */
  stations: number;
  /** The text that a person reads, cut; HTML without its tags where there is nothing else. */
  text: string;
  /** Decoded text of the parts with one of these types, in order. */
  parts(...types: string[]): string[];
}

/** A report comes first and the message it is about last, so nothing needed is cut off. */
export const readBytesMax = 131_072;
const textCharsMax = 16_384;
const partBytesMax = 32_768;

const limits = {
  maxNestingDepth: 10,
  maxHeadersSize: 65_536,
  // The message that came back is not read into: its words are ours.
  maxRfc822NestingDepth: 0,
} as const;

const withoutTags = (html: string) =>
  html
    .slice(0, textCharsMax * 4)
    .replace(/<(style|script)\b[^>]{0,200}>[^<]{0,20000}/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&(?:rsquo|#39);/g, '’');

const decoder = new TextDecoder('utf-8', { fatal: false });

function textOf({ content }: Attachment): string {
  if (typeof content === 'string') return content.slice(0, partBytesMax);
  return decoder.decode(new Uint8Array(content).subarray(0, partBytesMax));
}

function mailOf(email: Email): ReadMail {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value);
  const text = email.text?.trim() ? email.text : withoutTags(email.html ?? '');
  return {
    header: (name) => headers.get(name.toLowerCase())?.slice(0, 2_000) ?? '',
    from: (email.from?.address ?? '').toLowerCase(),
    fromName: email.from?.name ?? '',
    subject: (email.subject ?? '').slice(0, 500),
    stations: email.headers.filter(({ key }) => key === 'received').length,
    text: text.slice(0, textCharsMax),
    parts: (...types) =>
      email.attachments.filter(({ mimeType }) => types.includes(mimeType)).map(textOf),
  };
}

/**
 * Reads the beginning of an e-mail, whoever wrote it: at most `readBytesMax` bytes, ten levels of
 * parts, 64 kB of headers. Undefined where it goes beyond that or is no e-mail at all.
 */
export async function readMail(raw: Uint8Array): Promise<ReadMail | undefined> {
  try {
    return mailOf(await PostalMime.parse(raw.subarray(0, readBytesMax), limits));
  } catch {
    return undefined;
  }
}
