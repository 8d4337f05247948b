import type { Socket } from 'node:net';

/** What a command of the replication protocol answers, in the order of arrival. */
export type Answer =
  | { kind: 'row'; values: (string | null)[] }
  | { kind: 'copy-in' }
  | { kind: 'copy-both' }
  | { kind: 'copy-data'; bytes: Buffer }
  | { kind: 'copy-done' }
  | { kind: 'complete' };

/** The parts of `pg`'s connection that its types do not name. */
export interface Wire {
  readonly stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): boolean | undefined;
  endCopyFrom(): void;
  on(event: 'replicationStart' | 'copyDone', listener: () => void): void;
  off(event: 'replicationStart' | 'copyDone', listener: () => void): void;
}

/** Answers held before the server is made to wait. */
const heldMax = 64;

/**
 * One command under way, in the shape that `pg` asks of something it submits; read as an async
 * iterable. A reader that is slower than the server stops the socket, so that a base backup of any
 * size passes through a bounded memory.
 */
export class Command implements AsyncIterable<Answer> {
  readonly text: string;
  readonly #wire: Wire;
  #held: Answer[] = [];
  #error: Error | undefined;
  #ended = false;
  #wake: (() => void) | undefined;
  readonly #onStart = () => this.#push({ kind: 'copy-both' });
  readonly #onCopyDone = () => this.#push({ kind: 'copy-done' });

  constructor(text: string, wire: Wire) {
    this.text = text;
    this.#wire = wire;
    wire.on('replicationStart', this.#onStart);
    wire.on('copyDone', this.#onCopyDone);
  }

  submit(wire: Wire): void {
    wire.query(this.text);
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#push({ kind: 'row', values: fields });
  }

  handleCommandComplete(): void {
    this.#push({ kind: 'complete' });
  }

  handleCopyInResponse(): void {
    this.#push({ kind: 'copy-in' });
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // A copy: the parser's buffer is used again for what comes next.
    this.#push({ kind: 'copy-data', bytes: Buffer.from(chunk) });
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#finish();
  }

  handleReadyForQuery(): void {
    this.#finish();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Answer> {
    for (;;) {
      const held = this.#held;
      this.#held = [];
      yield* held;
      if (this.#held.length > 0) continue;
      if (this.#error) throw this.#error;
      if (this.#ended) return;
      this.#wire.stream.resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #push(answer: Answer): void {
    this.#held.push(answer);
    if (this.#held.length >= heldMax) this.#wire.stream.pause();
    this.#wake?.();
  }

  #finish(): void {
    this.#ended = true;
    this.#wire.off('replicationStart', this.#onStart);
    this.#wire.off('copyDone', this.#onCopyDone);
    this.#wire.stream.resume();
    this.#wake?.();
  }
}
