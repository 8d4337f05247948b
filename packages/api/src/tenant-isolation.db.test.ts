import { TRPCError } from '@trpc/server';
import { DomainError } from '@wedsync/contracts/errors';
import { newUuid, type UserId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { connectQueue } from '@wedsync/queue/connection';
import type { RpcContext } from '@wedsync/rpc/context';
import { domainErrorOf } from '@wedsync/rpc/error-shape';
import { createCallerFactory } from '@wedsync/rpc/init';
import { systemClock } from '@wedsync/service/context';
import { createTestWake } from '@wedsync/testing/contexts';
import { testKeyRing } from '@wedsync/testing/key-ring';
import { sampleInput } from '@wedsync/testing/sample-input';
import { createAccessResolver } from '@wedsync/weddings/accounts';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createAppRouter } from './router.ts';
import { foreignRows, seedTenant, type Tenant } from './testing/tenants.ts';

// Every procedure of the API, called by a planner with the ids of somebody else's company.
const db = await createTestDatabase();
const mine = await seedTenant(db.admin, 'Mine');
const theirs = await seedTenant(db.admin, 'Zzcanary');

const log = createLogger({ service: 'test', level: 'silent' });
const router = createAppRouter({
  communications: {
    publicUrl: 'http://localhost:3000',
    linkSecret: 'test-link-secret-0123456789abcdefghijklmnopqrstuvwxyz',
    mailFrom: 'WedSync <no-reply@example.com>',
  },
  monitoring: {
    statistics: db.service,
    queue: connectQueue({ databaseUrl: db.url('app'), log }),
    mail: undefined,
    instance: 'test',
    readPools: () => [],
  },
});

interface Procedure {
  path: string;
  type: string;
  inputs: z.ZodType[];
}

/** What tRPC keeps of a procedure at run time; its public type leaves the parsers out. */
type Definition = Omit<Procedure, 'path'>;
const built: object = router._def.procedures;
const procedures: Procedure[] = Object.keys(built).map((path) => {
  const { type, inputs }: Definition = Reflect.get(Reflect.get(built, path), '_def');
  return { path, type, inputs };
});

const contextOf = (userId: UserId): RpcContext => ({
  ground: {
    db: db.app,
    requestId: 'isolation',
    log,
    clock: systemClock,
    signal: AbortSignal.timeout(60_000),
    wake: createTestWake(),
    keyRing: testKeyRing,
  },
  surface: 'web',
  session: { sessionId: newUuid(), userId, isOperator: false, secondFactor: false },
  resolveAccess: createAccessResolver(db.app),
});

const caller = createCallerFactory(router)(contextOf(mine.ownerId));

/** Calls a procedure by its path; a subscription is asked for its first value. */
async function call({ path, type }: Procedure, input: unknown): Promise<unknown> {
  const [room = '', name = ''] = path.split('.');
  const run: (input: unknown) => Promise<unknown> = Reflect.get(Reflect.get(caller, room), name);
  const answer = await run(input);
  if (type !== 'subscription') return answer;
  const stream = (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const first = await Promise.race([
    stream.next(),
    new Promise((resolve) => setTimeout(resolve, 300, 'nothing came')),
  ]);
  void stream.return?.();
  return first;
}

const outcomeOf = async (procedure: Procedure, input: unknown) => {
  try {
    return { answer: await call(procedure, input), error: undefined };
  } catch (error) {
    const domain = error instanceof TRPCError ? domainErrorOf(error) : toDomainError(error);
    return { answer: undefined, error: domain };
  }
};

/** Properties that are not named after the kind of id they hold. */
const kindOfProperty: Record<string, string> = {
  plusOneOf: 'guestId',
  intoGuestId: 'guestId',
  entityId: 'guestId',
  unansweredQuestionIds: 'questionId',
  add: 'tagId',
  remove: 'tagId',
};

/** Procedures about a message whose names end otherwise. */
const aboutMessages =
  /\.(retryFailed|resendUnanswered|listPreflightRecipients|startMessageChecks|getMessageChecks|sendTestText)$/;

/** `id` alone means what the procedure is about. */
const kindOfPath = (path: string) => {
  if (aboutMessages.test(path)) return 'messageId';
  // The first kind of side that a rule can have.
  if (path === 'seating.createRelationship') return 'guestId';
  if (path.includes('Template')) return 'templateId';
  const [, noun = 'Unknown'] = /(Message|Delivery|InboundText|ReminderRule)s?$/.exec(path) ?? [];
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}Id`;
};

/** The ids a procedure is given: the places from one tenant, everything inside from another. */
const idsOf = (path: string, place: Tenant, inside: Tenant) => (property: string) => {
  const tenant = property === 'weddingId' || property === 'orgId' ? place : inside;
  const kind = property === 'id' ? kindOfPath(path) : (kindOfProperty[property] ?? property);
  const id = tenant.ids[kind] ?? tenant.ids[kind.replace(/s$/, '')];
  if (!id) throw new Error(`seedTenant gives no id for "${property}" of ${path}; add it there`);
  return id;
};

/** Procedures of the operators' surface, whichever room they belong to. */
const operatorsOnly =
  /^(monitoring\.|privacy\.(listKeys|rotateKeys)$|communications\.(getBounceOverview|listIntegrityFindings|listIntegrityRuns|requestIntegrityCheck|acceptFinding)$)/;
const operators = procedures.filter(({ path }) => operatorsOnly.test(path));
const placed = procedures.filter(({ path, inputs }) => {
  if (operatorsOnly.test(path)) return false;
  const shape = JSON.stringify(sampleInput(inputs, () => newUuid()));
  return shape.includes('"weddingId"') || shape.includes('"orgId"');
});

describe('with the ids of another company', () => {
  it('covers the whole API', () => {
    expect(placed.length).toBeGreaterThan(40);
    expect(operators.length).toBeGreaterThan(10);
  });

  it.each(placed)('$path says that it does not exist', async (procedure) => {
    const before = await foreignRows(db.admin, theirs);
    const input = sampleInput(procedure.inputs, idsOf(procedure.path, theirs, theirs));
    const { error } = await outcomeOf(procedure, input);
    expect(error).toBeInstanceOf(DomainError);
    expect(error?.kind).toBe('not-found');
    expect(await foreignRows(db.admin, theirs)).toEqual(before);
  });
});

describe('in its own wedding with foreign ids inside', () => {
  it.each(placed)('$path neither shows nor changes anything of theirs', async (procedure) => {
    const before = await foreignRows(db.admin, theirs);
    const input = sampleInput(procedure.inputs, idsOf(procedure.path, mine, theirs));
    const { answer, error } = await outcomeOf(procedure, input);
    expect(error?.kind).not.toBe('bug');
    expect(JSON.stringify([answer, error?.details, error?.message]) ?? '').not.toContain(
      'Zzcanary',
    );
    expect(await foreignRows(db.admin, theirs)).toEqual(before);
  });
});

describe('operators’ procedures', () => {
  it.each(operators)('$path refuses a planner', async (procedure) => {
    const { error } = await outcomeOf(
      procedure,
      sampleInput(procedure.inputs, () => newUuid()),
    );
    expect(error?.kind).toBe('forbidden');
  });
});
