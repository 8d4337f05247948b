import type { MailStore } from '@wedsync/platform/embedded/mail-catcher';
import type { Stack } from '../supervisor/stack.ts';
import type { Terminal } from '../terminal.ts';

/** What a step of the demo works with: addresses as a browser has them, and the caught mail. */
export interface DemoContext {
  webUrl: string;
  adminUrl: string;
  mail: MailStore;
  stack: Stack;
  terminal: Terminal;
  /** Aborted when the demo is interrupted or takes too long. */
  signal: AbortSignal;
  /** Results that later steps need, by name. */
  facts: Map<string, number | string>;
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
