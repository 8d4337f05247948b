const dot = 0x2e;

/** `.` at the start of a line, after whichever line end a careless sender may have used. */
const mayNeedStuffing = (content: Buffer) =>
  content[0] === dot || content.includes('\n.') || content.includes('\r.');

const endsLine = (content: Buffer) => content.at(-2) === 0x0d && content.at(-1) === 0x0a;

/**
 * The content as DATA carries it, without the final dot: with CRLF at its end, and dots at the start
 * of lines doubled (RFC 5321 §4.5.2). The same buffer where nothing is to be done, as nearly always.
 * Bare line ends before a dot become CRLF, so that no server can take `\n.\n` for the end.
 */
export function dataOf(content: Buffer): Buffer {
  const isStuffed = mayNeedStuffing(content);
  if (!isStuffed && endsLine(content)) return content;
  const text = content.toString('latin1');
  const lines = isStuffed ? text.replace(/\r\n|\r|\n/g, '\r\n').replace(/^\./gm, '..') : text;
  return Buffer.from(lines.endsWith('\r\n') ? lines : `${lines}\r\n`, 'latin1');
}

const endOfData = '.\r\n';

/**
 * Puts what goes out in one write into one buffer, kept from write to write: a group is written
 * only when every answer to the one before has come, so the system has long taken its bytes.
 */
export class GroupBuffer {
  #bytes = Buffer.allocUnsafeSlow(16 * 1_024);

  /** `canReuse` is false where the system has not taken the last group yet. */
  compose(parts: { signature: string; data: Buffer; next: string }, canReuse: boolean): Buffer {
    const { signature, data, next } = parts;
    // UTF-8 takes at most three bytes per UTF-16 unit.
    const room = signature.length + data.length + endOfData.length + next.length * 3;
    if (!canReuse || room > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(Math.max(room * 2, this.#bytes.length));
    }
    const bytes = this.#bytes;
    let at = bytes.write(signature, 0, 'latin1');
    at += data.copy(bytes, at);
    at += bytes.write(endOfData, at, 'latin1');
    at += bytes.write(next, at, 'utf8');
    return bytes.subarray(0, at);
  }
}
