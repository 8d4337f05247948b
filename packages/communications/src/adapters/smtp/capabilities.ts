/** What a server offers in its answer to EHLO. */
export interface Capabilities {
  pipelining: boolean;
  /** Bytes of an e-mail that it takes; 0 where it does not say, or knows no limit. */
  sizeMax: number;
  /** Whether MAIL may state the size (RFC 1870). */
  size: boolean;
  eightBitMime: boolean;
  smtpUtf8: boolean;
  dsn: boolean;
  startTls: boolean;
  auth: ReadonlySet<string>;
}

export const noCapabilities: Capabilities = {
  pipelining: false,
  sizeMax: 0,
  size: false,
  eightBitMime: false,
  smtpUtf8: false,
  dsn: false,
  startTls: false,
  auth: new Set(),
};

/** Reads the text of an EHLO reply (RFC 5321 §4.1.1.1): a greeting, then a keyword per line. */
export function readCapabilities(text: string): Capabilities {
  const keywords = new Map<string, string[]>();
  for (const line of text.split('\n').slice(1)) {
    // `AUTH=PLAIN` is how servers wrote it before RFC 4954; some still do.
    const [keyword = '', ...parameters] = line.trim().replace('=', ' ').toUpperCase().split(/\s+/);
    keywords.set(keyword, [...(keywords.get(keyword) ?? []), ...parameters]);
  }
  const sizeMax = Number(keywords.get('SIZE')?.[0] ?? 0);
  return {
    pipelining: keywords.has('PIPELINING'),
    size: keywords.has('SIZE'),
    sizeMax: Number.isSafeInteger(sizeMax) && sizeMax > 0 ? sizeMax : 0,
    eightBitMime: keywords.has('8BITMIME'),
    smtpUtf8: keywords.has('SMTPUTF8'),
    dsn: keywords.has('DSN'),
    startTls: keywords.has('STARTTLS'),
    auth: new Set(keywords.get('AUTH')),
  };
}
