import type { MessageState } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';

export type MessageMove = 'send' | 'pause' | 'resume' | 'cancel';

const from: Readonly<Record<MessageMove, readonly MessageState[]>> = {
  send: ['draft'],
  pause: ['queued', 'sending'],
  resume: ['paused'],
  cancel: ['queued', 'sending', 'paused'],
};

const where: Readonly<Record<MessageState, string>> = {
  draft: 'is still a draft',
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
  if (!from[move].includes(state)) {
    throw new DomainError(
      'precondition',
      'communications.wrong-state',
      `This message ${where[state]}, so you cannot ${move} it now. Reload to see how it stands.`,
      { state },
    );
  }
  if (move === 'pause') return 'paused';
  if (move === 'cancel') return 'cancelled';
  return expanded ? 'sending' : 'queued';
}
