import { type MessageState, messageStates } from '@wedsync/contracts/communications';
import { describe, expect, it } from 'vitest';
import { nextState } from './message-states.ts';

const reachable = (move: 'send' | 'pause' | 'resume' | 'cancel', expanded = true) =>
  messageStates.flatMap((state): [MessageState, MessageState][] => {
    try {
      return [[state, nextState(move, state, expanded)]];
    } catch {
      return [];
    }
  });

describe('moves of a message', () => {
  it('sends only drafts', () => {
    expect(reachable('send', false)).toEqual([['draft', 'queued']]);
  });

  it('pauses what is on its way', () => {
    expect(reachable('pause')).toEqual([
      ['queued', 'paused'],
      ['sending', 'paused'],
    ]);
  });

  it('resumes where it stopped: sending, or freezing the audience first', () => {
    expect(reachable('resume')).toEqual([['paused', 'sending']]);
    expect(reachable('resume', false)).toEqual([['paused', 'queued']]);
  });

  it('cancels anything that is not over', () => {
    expect(reachable('cancel').map(([from]) => from)).toEqual(['queued', 'sending', 'paused']);
  });

  it('says how the message stands when a move is refused', () => {
    expect(() => nextState('pause', 'sent', true)).toThrow(
      'This message has been sent to everybody, so you cannot pause it now.',
    );
  });
});
