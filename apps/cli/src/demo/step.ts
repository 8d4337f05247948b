import type { EventId, MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { MailStore } from '@wedsync/platform/embedded/mail-catcher';
import type { Stack } from '../supervisor/stack.ts';
import type { Terminal } from '../terminal.ts';
import type { PlannerClient } from './planner.ts';

/** What earlier steps leave for later ones. */
export interface DemoFacts {
  planner?: PlannerClient;
  weddingId?: WeddingId;
  eventIds?: readonly EventId[];
  messageId?: MessageId;
}

/** What a step of the demo works with: addresses as a browser has them, and the caught mail. */
export interface DemoContext {
  webUrl: string;
  adminUrl: string;
  mail: MailStore;
  stack: Stack;
  terminal: Terminal;
  /** Aborted when the demo is interrupted or takes too long. */
  signal: AbortSignal;
  facts: DemoFacts;
}

/** One line of the report: two ways of counting the same thing must agree. */
export interface DemoCount {
  what: string;
  expected: number;
  actual: number;
}

export interface DemoStep {
  name: string;
  run(context: DemoContext): Promise<DemoCount[]>;
}

/**
 * What an earlier step left.
 * @throws Error when that step did not run
 */
export function fact<K extends keyof DemoFacts>(
  { facts }: DemoContext,
  name: K,
): NonNullable<DemoFacts[K]> {
  const value = facts[name];
  if (value === undefined || value === null) throw new Error(`no step has left ${name}`);
  return value;
}
