/** As many e-mails as fit share a block: small ones that die together cost the collector little. */
const blockBytes = 256 * 1_024;

/**
 * Writes contents one after the other into blocks of memory that they share. What was pre-encoded
 * is copied, so an e-mail never exists as a string.
 */
export class ContentWriter {
  #block = Buffer.allocUnsafeSlow(blockBytes);
  #start = 0;
  #end = 0;

  /** Bytes of the content so far. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Begins a content; one that was not taken is forgotten. */
  begin(): void {
    this.#end = this.#start;
  }

  /** Text that is ASCII, but for local parts that are not (RFC 6531). */
  text(text: string): void {
    // UTF-8 takes at most three bytes per UTF-16 unit.
    this.#makeRoom(text.length * 3);
    this.#end += this.#block.write(text, this.#end, 'utf8');
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#block.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** The content; nothing that is written later touches it. */
  take(): Buffer {
    const content = this.#block.subarray(this.#start, this.#end);
    this.#start = this.#end;
    return content;
  }

  #makeRoom(bytes: number): void {
    if (this.#end + bytes <= this.#block.length) return;
    const { length } = this;
    const block = Buffer.allocUnsafeSlow(Math.max(blockBytes, (length + bytes) * 2));
    block.set(this.#block.subarray(this.#start, this.#end));
    this.#block = block;
    this.#start = 0;
    this.#end = length;
  }
}
