import { type DeliveryId, newUuid } from '@wedsync/contracts/ids';
import type { EmailSource, OutboundEmail, SendOutcome } from '../ports.ts';

/** A source that is a list, and what became of each e-mail on it. */
export interface EmailList extends EmailSource {
  readonly emails: readonly OutboundEmail[];
  /** In the order in which they were settled. */
  readonly outcomes: Map<DeliveryId, SendOutcome>;
  readonly started: DeliveryId[];
  /** Everything that a source must never see: settled twice, unknown ids, contents out of order. */
  readonly violations: string[];
  /** By kind and code. */
  tally(): Record<string, number>;
}

const content = Buffer.from('From: a@example.com\r\nSubject: hello\r\n\r\nHello there.\r\n');

export function createEmail(over: Partial<OutboundEmail> = {}): OutboundEmail {
  const id = newUuid() as DeliveryId;
  return {
    id,
    envelopeFrom: 'bounce@sender.example',
    envelopeTo: `${id}@guests.example`,
    content,
    needsSmtpUtf8: false,
    ...over,
  };
}

export interface EmailListOptions {
  isGivenUp?: (outcome: SendOutcome) => boolean;
  starting?: (id: DeliveryId) => boolean;
  onSettled?: (id: DeliveryId, outcome: SendOutcome) => void;
}

/** Stops by itself, as the ledger does, once the server turns out to be unreachable. */
export function createEmailList(
  emails: readonly OutboundEmail[],
  options: EmailListOptions = {},
): EmailList {
  const waiting = [...emails];
  const given = new Set<DeliveryId>();
  const outcomes = new Map<DeliveryId, SendOutcome>();
  const started: DeliveryId[] = [];
  const violations: string[] = [];
  const isGivenUp = options.isGivenUp ?? (({ kind }) => kind === 'unreachable');
  let isOver = false;
  return {
    emails,
    outcomes,
    started,
    violations,
    next() {
      const email = isOver ? undefined : waiting.shift();
      if (email) given.add(email.id);
      return email;
    },
    starting(id) {
      if (outcomes.has(id)) violations.push(`${id} starts although it is settled`);
      const may = options.starting?.(id) ?? true;
      if (may) started.push(id);
      return may;
    },
    settled(id, outcome) {
      if (outcomes.has(id)) violations.push(`${id} is settled twice`);
      if (!given.has(id)) violations.push(`${id} was never given out`);
      outcomes.set(id, outcome);
      if (isGivenUp(outcome)) isOver = true;
      options.onSettled?.(id, outcome);
    },
    tally() {
      const counts: Record<string, number> = {};
      for (const outcome of outcomes.values()) {
        const name = 'code' in outcome ? `${outcome.kind} ${outcome.code}` : outcome.kind;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    },
  };
}
