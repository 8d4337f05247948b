import type { MessageState } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';

export type MessageMove =
  | 'send'
  | 'schedule'
  | 'unschedule'
  | 'start'
  | 'hold'
  | 'release'
  | 'pause'
  | 'resume'
  | 'cancel';

const from: Readonly<Record<MessageMove, readonly MessageState[]>> = {
  send: ['draft', 'scheduled'],
  schedule: ['draft', 'scheduled'],
  unschedule: ['scheduled', 'held'],
  /** The worker's own moves, when a scheduled message has come due. */
  start: ['scheduled'],
  hold: ['scheduled'],
  release: ['held'],
  pause: ['queued', 'sending'],
  resume: ['paused'],
  cancel: ['scheduled', 'held', 'queued', 'sending', 'paused'],
};

const to: Readonly<Partial<Record<MessageMove, MessageState>>> = {
  schedule: 'scheduled',
  unschedule: 'draft',
  hold: 'held',
  pause: 'paused',
  cancel: 'cancelled',
};

const where: Readonly<Record<MessageState, string>> = {
  draft: 'is still a draft',
  scheduled: 'waits for its time',
  held: 'is held until somebody looks at it',
  queued: 'is about to be sent',
  sending: 'is being sent',
  paused: 'is paused',
  sent: 'has been sent to everybody',
  cancelled: 'was cancelled',
};

/**
 * Where a move leads. The audience being frozen decides whether resuming sends or expands first.
 * @throws DomainError `precondition` `communications.wrong-state`
 */
export function nextState(move: MessageMove, state: MessageState, expanded: boolean): MessageState {
  // What was sent in part is no draft any more, whoever held it.
  if (!from[move].includes(state) || (move === 'unschedule' && expanded)) {
    throw new DomainError(
      'precondition',
      'communications.wrong-state',
      `This message ${where[state]}, so you cannot ${move} it now. Reload to see how it stands.`,
      { state },
    );
  }
  return to[move] ?? (expanded ? 'sending' : 'queued');
}
