import type { DeliveryId } from '@wedsync/contracts/ids';
import type { EmailSource, OutboundEmail, SendOutcome } from '../ports.ts';

/** One e-mail on its way. */
export interface Job {
  readonly email: OutboundEmail;
  /** Connections that were lost under it before its content left. */
  losses: number;
  /** Its source was stopped: it must not leave any more. */
  readonly isStopped: boolean;
  /** Whether its content may leave now; writes the journal record. */
  starting(): boolean;
  settle(outcome: SendOutcome): void;
}

/** Made once per e-mail of a mailing, so it is a class and no set of closures. */
class ActiveJob implements Job {
  readonly email: OutboundEmail;
  readonly #source: ActiveSource;
  losses = 0;
  #isSettled = false;

  constructor(source: ActiveSource, email: OutboundEmail) {
    this.#source = source;
    this.email = email;
  }

  get isStopped(): boolean {
    return this.#source.isStopped;
  }

  starting(): boolean {
    return this.#source.mayStart(this.email.id);
  }

  settle(outcome: SendOutcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#source.settled(this.email.id, outcome);
  }
}

/** A source while it is being sent. */
export class ActiveSource {
  readonly #source: EmailSource;
  readonly #onDone: (error?: unknown) => void;
  #outstanding = 0;
  #isExhausted = false;
  #isStopped = false;
  #isDone = false;
  #failure: unknown;
  /** E-mails that it has given out so far. */
  given = 0;

  constructor(source: EmailSource, onDone: (error?: unknown) => void) {
    this.#source = source;
    this.#onDone = onDone;
  }

  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Its next e-mail; undefined once it has none, for good. */
  next(): Job | undefined {
    if (this.#isExhausted) return undefined;
    const email = this.#guard(() => this.#source.next());
    if (!email) {
      this.exhaust();
      return undefined;
    }
    this.#outstanding++;
    this.given++;
    return new ActiveJob(this, email);
  }

  /** Whether the content of one of its e-mails may leave now. */
  mayStart(id: DeliveryId): boolean {
    return !this.#isStopped && this.#guard(() => this.#source.starting(id)) === true;
  }

  settled(id: DeliveryId, outcome: SendOutcome): void {
    this.#outstanding--;
    this.#guard(() => this.#source.settled(id, outcome));
    this.#finish();
  }

  /** Asks it no more. */
  exhaust(): void {
    this.#isExhausted = true;
    this.#finish();
  }

  /** Asks it no more, and starts nothing that it has given out. */
  stop(): void {
    this.#isStopped = true;
    this.exhaust();
  }

  /** A source that throws is broken: it is asked no more, and whoever sends hears of it. */
  #guard<T>(call: () => T): T | undefined {
    try {
      return call();
    } catch (error) {
      this.#failure ??= error;
      this.#isExhausted = true;
      this.#isStopped = true;
      return undefined;
    }
  }

  #finish(): void {
    if (this.#isDone || !this.#isExhausted || this.#outstanding > 0) return;
    this.#isDone = true;
    this.#onDone(this.#failure);
  }
}

/** The sources that are being sent; they take turns. */
export class Turns {
  readonly #sources: ActiveSource[] = [];
  #turn = 0;

  add(source: ActiveSource): void {
    this.#sources.push(source);
  }

  remove(source: ActiveSource): void {
    const index = this.#sources.indexOf(source);
    if (index === -1) return;
    this.#sources.splice(index, 1);
    if (index < this.#turn) this.#turn--;
  }

  get all(): readonly ActiveSource[] {
    return [...this.#sources];
  }

  /** Those that may have more, by what they have given so far. */
  get hasMore(): boolean {
    return this.#sources.some(({ isExhausted }) => !isExhausted);
  }

  /** E-mails that sources with more to give have given so far. */
  get given(): number {
    return this.#sources.reduce(
      (sum, { given, isExhausted }) => sum + (isExhausted ? 0 : given),
      0,
    );
  }

  next(): Job | undefined {
    for (let asked = this.#sources.length; asked > 0; asked--) {
      if (this.#turn >= this.#sources.length) this.#turn = 0;
      const job = this.#sources[this.#turn++]?.next();
      if (job) return job;
    }
    return undefined;
  }
}
