/** One answer of the server (RFC 5321 §4.2), all lines of it. */
export interface Reply {
  code: number;
  /** Text of the lines, without codes, joined by line feeds. */
  text: string;
}

/** What the server said is not SMTP. */
export class ProtocolError extends Error {
  constructor(what: string) {
    super(`The mail server ${what}.`);
    this.name = 'ProtocolError';
  }
}

// RFC 5321 §4.5.3.1.5 says 512; some say more. Beyond these it is no server of ours.
const lineMax = 4_096;
const linesMax = 200;

const digit0 = 0x30;
const space = 0x20;
const hyphen = 0x2d;
const carriageReturn = 0x0d;

/** The code of a line, or 0 where it does not start with one. */
function codeOf(line: string): number {
  const code =
    (line.charCodeAt(0) - digit0) * 100 +
    (line.charCodeAt(1) - digit0) * 10 +
    (line.charCodeAt(2) - digit0);
  return /^[2-5][0-9]{2}/.test(line) ? code : 0;
}

/** Puts replies together from packets, wherever those are cut. */
export class ReplyReader {
  #rest = '';
  #lines: string[] = [];

  /** Whether a reply has begun that has not ended. */
  get isWithin(): boolean {
    return this.#rest !== '' || this.#lines.length > 0;
  }

  /**
   * Takes the next bytes and hands over each reply as it is complete.
   * @throws ProtocolError
   */
  push(bytes: string, onReply: (reply: Reply, hasMore: boolean) => void): void {
    const text = this.#rest === '' ? bytes : this.#rest + bytes;
    this.#rest = '';
    let from = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      if (end === -1) break;
      if (end - from > lineMax) throw new ProtocolError('sent an endless line');
      const isCrlf = end > from && text.charCodeAt(end - 1) === carriageReturn;
      const line = text.slice(from, isCrlf ? end - 1 : end);
      from = end + 1;
      const reply = this.#line(line);
      if (reply) onReply(reply, from < text.length);
    }
    if (text.length - from > lineMax) throw new ProtocolError('sent an endless line');
    this.#rest = from < text.length ? text.slice(from) : '';
  }

  #line(line: string): Reply | undefined {
    const code = codeOf(line);
    const separator = line.length > 3 ? line.charCodeAt(3) : space;
    if (code === 0 || (separator !== space && separator !== hyphen)) {
      throw new ProtocolError('sent a line that is no reply');
    }
    const text = line.slice(4);
    if (separator === space && this.#lines.length === 0) return { code, text };
    this.#lines.push(text);
    if (this.#lines.length > linesMax) throw new ProtocolError('sent an endless reply');
    if (separator === hyphen) return undefined;
    const whole = this.#lines.join('\n');
    this.#lines = [];
    return { code, text: whole };
  }
}
