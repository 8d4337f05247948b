import { describe, expect, it } from 'vitest';
import { changedFields, emptyDraft, mergeDraft, patchOf } from './guest-draft.ts';

const base = { ...emptyDraft, firstName: 'Ana', lastName: 'Silva', email: 'ana@example.com' };

describe('a guest draft', () => {
  it('sends only the fields that were touched', () => {
    expect(patchOf(base, { ...base, lastName: 'Sousa' })).toEqual({ lastName: 'Sousa' });
  });

  it('sends an emptied address as null and lists as lists', () => {
    const draft = { ...base, email: ' ', otherPhones: '+351 912 345 678; 22 333 44 55' };
    expect(patchOf(base, draft)).toEqual({
      email: null,
      otherPhones: ['+351 912 345 678', '22 333 44 55'],
    });
  });

  it('sees a change inside a list', () => {
    const draft = { ...base, diets: [{ code: 'nuts', severity: 'allergy' } as const] };
    expect(changedFields(base, draft)).toEqual(['diets']);
  });
});

describe('merging after a lost race', () => {
  it('keeps what was typed and takes over what only the other person changed', () => {
    const mine = { ...base, lastName: 'Sousa' };
    const theirs = { ...base, email: 'ana@new.example' };
    const { draft, clashes } = mergeDraft(base, mine, theirs);
    expect(draft).toMatchObject({ lastName: 'Sousa', email: 'ana@new.example' });
    expect(clashes).toEqual([]);
  });

  it('names a field that both changed and keeps the typed value in it', () => {
    const { draft, clashes } = mergeDraft(
      base,
      { ...base, lastName: 'Sousa' },
      { ...base, lastName: 'Santos' },
    );
    expect(draft.lastName).toBe('Sousa');
    expect(clashes).toEqual(['lastName']);
  });

  it('finds no clash when both wrote the same', () => {
    const same = { ...base, lastName: 'Sousa' };
    expect(mergeDraft(base, same, same).clashes).toEqual([]);
  });
});
