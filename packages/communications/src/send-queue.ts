import type { DeliveryReason } from '@wedsync/contracts/communications';
import { isDomainError } from '@wedsync/contracts/errors';
import type { DeliveryId } from '@wedsync/contracts/ids';
import type { ClaimedBatch, ClaimedDelivery } from './claim-batch.ts';
import { attemptsMax, retryDelayMs } from './model/retry-policy.ts';
import type { JournalBatch, SendJournal, SendOutcome } from './ports.ts';
import type { Slots } from './send-pace.ts';
import type { DeliveryResult } from './write-results.ts';

/** Thrown while a message is made: this guest may not be written to now, but from then on. */
export class SendLater extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super('may be sent later');
    this.name = 'SendLater';
    this.until = until;
  }
}

/** Thrown while a message is made: this guest may not be written to at all. */
export class SendNever extends Error {
  readonly reason: DeliveryReason;

  constructor(reason: DeliveryReason) {
    super('may not be sent');
    this.name = 'SendNever';
    this.reason = reason;
  }
}

export interface SendQueueOptions<Outbound> {
  journal: SendJournal;
  /** Makes the message of one guest. Throws where it cannot be made, `SendLater` or `SendNever`. */
  prepare(delivery: ClaimedDelivery): Outbound;
  /** Where results go. */
  onResult(result: DeliveryResult): void;
  /** Told of every outcome, whoever it is about. */
  onOutcome(outcome: SendOutcome): void;
}

/** Claimed deliveries between the ledger and a transport; what a transport sees is `source`. */
export interface SendQueue<Outbound> {
  readonly source: {
    next(): Outbound | undefined;
    starting(id: DeliveryId): boolean;
    settled(id: DeliveryId, outcome: SendOutcome): void;
  };
  /** Deliveries that were not given out yet. */
  readonly waiting: number;
  readonly settledCount: number;
  /** Deliveries that went back because their lease had become too old to begin with them. */
  readonly staleCount: number;
  push(batch: ClaimedBatch): void;
  /** From now on only one delivery per slot is given out. */
  pace(slots: Slots): void;
  /** How long until the next one may be given out; 0 for now, undefined when there is none. */
  delayMs(): number | undefined;
  /** Gives nothing out any more and lets nothing start that was. */
  stop(): void;
  readonly isStopped: boolean;
  /** Hands back what was not given out. */
  release(): void;
  /** Ends the journals of the batches that are settled by now; call it once the ledger has all that. */
  settledBatches(): () => void;
  /** When the last of the slots is; 0 without any. */
  readonly pacedUntilMs: number;
}

interface OpenBatch {
  epoch: number;
  isFresh(): boolean;
  journal: JournalBatch;
  /** Not settled yet. */
  open: number;
}

interface Item {
  delivery: ClaimedDelivery;
  batch: OpenBatch;
  /** When it was to leave, under a pace. */
  slotMs?: number;
}

/** A slot that is missed by more than this is lost: to use it late would crowd the ones after it. */
const lateMsMax = 8;
/** Until somebody whom the provider turned away with everybody else is tried again. */
const unreachableMs = 1_000;

function resultOf({ delivery, batch }: Item, outcome: SendOutcome): DeliveryResult {
  const { id, attempts } = delivery;
  const at = { id, epoch: batch.epoch };
  switch (outcome.kind) {
    case 'accepted': {
      const { providerRef } = outcome;
      return { ...at, state: 'sent', counts: true, ...(providerRef ? { providerRef } : {}) };
    }
    case 'deferred': {
      const { code } = outcome;
      const attempt = attempts + 1;
      if (attempt >= attemptsMax) {
        return { ...at, state: 'failed', reason: 'attempts_exhausted', code, counts: true };
      }
      const delayMs = retryDelayMs(attempt, Math.random());
      return { ...at, state: 'ready', code, counts: true, delayMs };
    }
    case 'rejected':
      return { ...at, state: 'failed', reason: 'rejected', code: outcome.code, counts: true };
    case 'unknown':
      return {
        ...at,
        state: 'in_doubt',
        reason: 'connection_lost',
        code: outcome.code,
        counts: true,
      };
    case 'unreachable':
      return { ...at, state: 'ready', code: outcome.code, counts: false, delayMs: unreachableMs };
    case 'withheld':
      return { ...at, state: 'ready', counts: false };
    default:
      return outcome satisfies never;
  }
}

/** What becomes of a delivery whose message was not made. */
function resultOfRefusal(error: unknown): Omit<DeliveryResult, 'id' | 'epoch'> {
  if (error instanceof SendLater) {
    const delayMs = Math.max(0, error.until.getTime() - Date.now());
    return { state: 'ready', counts: false, delayMs };
  }
  if (error instanceof SendNever) return { state: 'skipped', reason: error.reason, counts: false };
  // Its key was replaced between claim and opening: the next claim brings the new one.
  if (isDomainError(error) && error.kind === 'unavailable') {
    return { state: 'ready', counts: false, delayMs: 250 };
  }
  return { state: 'failed', reason: 'render_failed', counts: true };
}

class Queue<Outbound> implements SendQueue<Outbound> {
  readonly #options: SendQueueOptions<Outbound>;
  readonly #items: Item[] = [];
  readonly #underWay = new Map<DeliveryId, Item>();
  readonly #batches = new Set<OpenBatch>();
  #slots: Slots | undefined;
  /** Slots to leave out, because something left so late that the second after it is too full. */
  #debt = 0;
  #usualLagMs = 0;
  #intervalMs = 0;
  #isStopped = false;
  #settled = 0;
  #stale = 0;

  constructor(options: SendQueueOptions<Outbound>) {
    this.#options = options;
  }

  readonly source = {
    next: () => this.#next(),
    starting: (id: DeliveryId) => this.#starting(id),
    settled: (id: DeliveryId, outcome: SendOutcome) => this.#settle(id, outcome),
  };

  get waiting(): number {
    return this.#items.length;
  }

  get settledCount(): number {
    return this.#settled;
  }

  get staleCount(): number {
    return this.#stale;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  push({ epoch, deliveries, orphans, isFresh }: ClaimedBatch): void {
    const journal = this.#options.journal.begin(epoch);
    const batch: OpenBatch = { epoch, isFresh, journal, open: deliveries.length };
    this.#batches.add(batch);
    for (const id of orphans) {
      this.#options.onResult({
        id,
        epoch,
        state: 'skipped',
        reason: 'guest_removed',
        counts: false,
      });
    }
    // Taken from the end: who came earlier is there.
    this.#items.unshift(...deliveries.toReversed().map((delivery) => ({ delivery, batch })));
  }

  get pacedUntilMs(): number {
    return this.#slots?.at(-1) ?? 0;
  }

  pace(slots: Slots): void {
    const [first, second] = slots;
    if (first !== undefined && second !== undefined) this.#intervalMs = second - first;
    this.#slots = [...(this.#slots ?? []), ...slots];
  }

  /** The slot that may be used next; those that were missed are gone. */
  #slot(): number | undefined {
    const slots = this.#slots;
    if (!slots) return undefined;
    const earliest = performance.now() - lateMsMax;
    while (slots[0] !== undefined && (slots[0] < earliest || this.#debt > 0)) {
      if (slots[0] >= earliest) this.#debt--;
      slots.shift();
    }
    return slots[0];
  }

  /**
   * What leaves late, because a connection had to be opened for it, leaves in the second of those that
   * leave in time: as many slots are left out. How late everything leaves does not matter.
   */
  #onStart(slotMs: number): void {
    const lagMs = performance.now() - slotMs;
    const excessMs = lagMs - this.#usualLagMs - lateMsMax;
    this.#usualLagMs = this.#usualLagMs === 0 ? lagMs : Math.min(this.#usualLagMs, lagMs);
    if (excessMs > 0) this.#debt += Math.ceil(excessMs / (this.#intervalMs || excessMs));
  }

  delayMs(): number | undefined {
    if (this.#items.length === 0 || this.#isStopped) return undefined;
    if (!this.#slots) return 0;
    const slot = this.#slot();
    return slot === undefined ? undefined : Math.max(0, slot - performance.now());
  }

  #next(): Outbound | undefined {
    for (;;) {
      if (this.#isStopped || this.#items.length === 0) return undefined;
      if (this.#slots) {
        const slot = this.#slot();
        if (slot === undefined || slot > performance.now()) return undefined;
      }
      const item = this.#items.pop();
      if (!item) return undefined;
      const outbound = this.#prepare(item);
      if (!outbound) continue;
      const slotMs = this.#slots?.shift();
      if (slotMs !== undefined) item.slotMs = slotMs;
      this.#underWay.set(item.delivery.id, item);
      return outbound;
    }
  }

  /** One guest whose data cannot be worded must not hold up the others. */
  #prepare(item: Item): Outbound | undefined {
    const { delivery, batch } = item;
    const at = { id: delivery.id, epoch: batch.epoch };
    if (!batch.isFresh()) {
      this.#stale++;
      this.#finish(item, { ...at, state: 'ready', counts: false });
      return undefined;
    }
    try {
      return this.#options.prepare(delivery);
    } catch (error) {
      this.#finish(item, { ...at, ...resultOfRefusal(error) });
      return undefined;
    }
  }

  /**
   * The journal hears of it before the first byte leaves, and the lease is looked at after that: a
   * process that slept through its lease and wakes here either sees that it is too late, or has left
   * a record that makes recovery hold the row back.
   */
  #starting(id: DeliveryId): boolean {
    const item = this.#underWay.get(id);
    if (!item || this.#isStopped || !item.batch.isFresh()) return false;
    item.batch.journal.start(id);
    if (item.batch.isFresh()) {
      if (item.slotMs !== undefined) this.#onStart(item.slotMs);
      return true;
    }
    item.batch.journal.finish(id, 'refused');
    return false;
  }

  #settle(id: DeliveryId, outcome: SendOutcome): void {
    const item = this.#underWay.get(id);
    if (!item) return;
    this.#underWay.delete(id);
    if (outcome.kind === 'accepted') item.batch.journal.finish(id, 'accepted');
    else if (outcome.kind !== 'unknown') item.batch.journal.finish(id, 'refused');
    this.#settled++;
    this.#options.onOutcome(outcome);
    this.#finish(item, resultOf(item, outcome));
  }

  #finish({ batch }: Item, result: DeliveryResult): void {
    batch.open--;
    this.#options.onResult(result);
  }

  stop(): void {
    this.#isStopped = true;
  }

  release(): void {
    for (const item of this.#items.splice(0)) {
      const { id } = item.delivery;
      this.#finish(item, { id, epoch: item.batch.epoch, state: 'ready', counts: false });
    }
  }

  settledBatches(): () => void {
    const settled = [...this.#batches].filter(({ open }) => open === 0);
    return () => {
      for (const batch of settled) {
        // Asked for twice before the first answer: ended once.
        if (this.#batches.delete(batch)) batch.journal.end();
      }
    };
  }
}

export function createSendQueue<Outbound>(
  options: SendQueueOptions<Outbound>,
): SendQueue<Outbound> {
  return new Queue(options);
}
