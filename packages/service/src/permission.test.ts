import { HouseholdId, newId, UserId } from '@wedsync/contracts/ids';
import { orgRoles, weddingRoles } from '@wedsync/contracts/roles';
import { describe, expect, it } from 'vitest';
import type { Access, Actor } from './context.ts';
import { type Action, hasPermission, permissions, requirePermission } from './permission.ts';

const user: Actor = { kind: 'user', userId: newId(UserId) };
const guest: Actor = { kind: 'guest_link', householdId: newId(HouseholdId) };
/** Without the two that need no role: founding a company and joining one by invitation. */
const actions = (Object.keys(permissions) as Action[]).filter(
  (action) => permissions[action].length > 0,
);

const refused = (actor: Actor, access: Access, action: Action) => {
  try {
    requirePermission({ actor, access }, action);
    return false;
  } catch {
    return true;
  }
};

describe('permissions', () => {
  it('let the owner of the company do everything', () => {
    expect(actions.filter((action) => refused(user, { orgRole: 'owner' }, action))).toEqual([]);
  });

  it('let a viewer and a photographer change nothing', () => {
    for (const weddingRole of ['viewer', 'photographer'] as const) {
      const allowed = actions.filter((action) =>
        hasPermission({ access: { weddingRole } }, action),
      );
      // To print is to read.
      expect(allowed.filter((action) => !/\.(read|print)/.test(action))).toEqual([]);
    }
  });

  it('let nobody do anything without a role', () => {
    expect(actions.filter((action) => !refused(user, {}, action))).toEqual([]);
  });

  it('keep the company’s affairs from the people of one wedding', () => {
    const company = actions.filter((action) => action.startsWith('organizations.'));
    for (const weddingRole of weddingRoles) {
      expect(company.filter((action) => !refused(user, { weddingRole }, action))).toEqual([]);
    }
  });

  it('let a guest link in only where a verb names it, whatever roles stand beside it', () => {
    for (const orgRole of orgRoles) {
      expect(actions.filter((action) => !refused(guest, { orgRole }, action))).toEqual([]);
    }
    const allow = () =>
      requirePermission({ actor: guest, access: {} }, 'guests.answer', { allow: ['guest_link'] });
    expect(allow).not.toThrow();
  });
});
