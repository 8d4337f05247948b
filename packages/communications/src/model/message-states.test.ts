import { type MessageState, messageStates } from '@wedsync/contracts/communications';
import { describe, expect, it } from 'vitest';
import { type MessageMove, nextState } from './message-states.ts';

const reachable = (move: MessageMove, expanded = true) =>
  messageStates.flatMap((state): [MessageState, MessageState][] => {
    try {
      return [[state, nextState(move, state, expanded)]];
    } catch {
      return [];
    }
  });

describe('moves of a message', () => {
  it('sends drafts, and what is scheduled before its time', () => {
    expect(reachable('send', false)).toEqual([
      ['draft', 'queued'],
      ['scheduled', 'queued'],
    ]);
  });

  it('schedules drafts, anew where they were, and takes it back while nothing has left', () => {
    expect(reachable('schedule', false).map(([from]) => from)).toEqual(['draft', 'scheduled']);
    expect(reachable('unschedule', false)).toEqual([
      ['scheduled', 'draft'],
      ['held', 'draft'],
    ]);
    expect(reachable('unschedule', true)).toEqual([]);
  });

  it('starts what is due, or holds it until a person releases it', () => {
    expect(reachable('start', false)).toEqual([['scheduled', 'queued']]);
    expect(reachable('hold', false)).toEqual([['scheduled', 'held']]);
    expect(reachable('release', false)).toEqual([['held', 'queued']]);
    expect(reachable('release', true)).toEqual([['held', 'sending']]);
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
    expect(reachable('cancel').map(([from]) => from)).toEqual([
      'scheduled',
      'held',
      'queued',
      'sending',
      'paused',
    ]);
  });

  it('says how the message stands when a move is refused', () => {
    expect(() => nextState('pause', 'sent', true)).toThrow(
      'This message has been sent to everybody, so you cannot pause it now.',
    );
  });
});
