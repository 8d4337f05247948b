import { describe, expect, it } from 'vitest';
import { actionWords, actorWords, changeLines } from './history-words.ts';

describe('the history of a guest', () => {
  it('never shows a code for an action it does not know', () => {
    expect(actionWords('guests.update')).toBe('changed the guest');
    expect(actionWords('guests.something-new')).toBe('changed something');
  });

  it('names the household when an answer came through its link', () => {
    expect(actorWords({ actorKind: 'guest_link', actorName: null })).toBe('The household');
  });

  it('shows values in words and leaves out ids and unknown fields', () => {
    const lines = changeLines(
      {
        before: { answer: null, version: 1, householdId: 'x' },
        after: {
          answer: 'yes',
          version: 2,
          diets: [{ code: 'nuts', severity: 'allergy' }],
          eventId: '0198c1f0-0000-7000-8000-000000000001',
        },
      },
      new Map([['0198c1f0-0000-7000-8000-000000000001', 'Dinner']]),
    );
    expect(lines).toEqual([
      { field: 'Answer', before: '', after: 'Coming' },
      { field: 'Diet', before: '', after: 'No tree nuts (allergy)' },
      { field: 'Event', before: '', after: 'Dinner' },
    ]);
  });
});
