import { HouseholdId, newUuid, OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { TenantDb } from '@wedsync/db/client';
import { createLogger, type Logger } from '@wedsync/platform/log';
import type { Wake } from '@wedsync/queue/wake';
import {
  type Access,
  type Clock,
  type ContextGround,
  createContext,
  type ServiceContext,
  systemClock,
} from '@wedsync/service/context';
import { testKeyRing } from './key-ring.ts';

/** A wake that remembers what it was asked to publish and tells its subscribers at once. */
export function createTestWake(): Wake & { published: { channel: string; key: string }[] } {
  const published: { channel: string; key: string }[] = [];
  const listeners = new Map<string, Set<(key: string) => void>>();
  return {
    published,
    async publish(channel, key) {
      published.push({ channel, key });
      for (const listener of listeners.get(channel) ?? []) listener(key);
    },
    async subscribe(channel, fn) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(fn));
      return async () => {
        set.delete(fn);
      };
    },
    async close() {},
  };
}

/** Who acts in a test, and where. Ids may be plain strings; they are checked. */
export interface TestScope {
  userId?: string;
  orgId?: string;
  weddingId?: string;
  householdId?: string;
  access?: Access;
  clock?: Clock;
  log?: Logger;
  wake?: Wake;
}

const ground = (db: TenantDb, scope: TestScope): ContextGround => ({
  db,
  requestId: `test-${newUuid().slice(-12)}`,
  log: scope.log ?? createLogger({ service: 'test', level: 'silent' }),
  clock: scope.clock ?? systemClock,
  signal: new AbortController().signal,
  wake: scope.wake ?? createTestWake(),
  keyRing: testKeyRing,
});

const place = (scope: TestScope) => ({
  orgId: scope.orgId ? OrgId.parse(scope.orgId) : undefined,
  weddingId: scope.weddingId ? WeddingId.parse(scope.weddingId) : undefined,
});

/** A signed-in user with the given roles; an owner of the organization unless told otherwise. */
export function userContext(db: TenantDb, scope: TestScope = {}): ServiceContext {
  return createContext(ground(db, scope), {
    actor: { kind: 'user', userId: UserId.parse(scope.userId ?? newUuid()) },
    access: scope.access ?? { orgRole: 'owner' },
    ...place(scope),
  });
}

/** The holder of a household's capability link. */
export function guestLinkContext(
  db: TenantDb,
  scope: TestScope & { householdId: string },
): ServiceContext {
  return createContext(ground(db, scope), {
    actor: { kind: 'guest_link', householdId: HouseholdId.parse(scope.householdId) },
    ...place(scope),
  });
}

/** A job of the worker. */
export function systemContext(db: TenantDb, scope: TestScope = {}): ServiceContext {
  return createContext(ground(db, scope), {
    actor: { kind: 'system', name: 'test' },
    ...place(scope),
  });
}
