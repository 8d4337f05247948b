import { DomainError } from '@wedsync/contracts/errors';
import { OrgId, WeddingId } from '@wedsync/contracts/ids';
import { createContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { z } from 'zod';
import type { RpcSession } from './context.ts';
import { procedure } from './init.ts';

const unauthenticated = () =>
  new DomainError(
    'unauthenticated',
    'rpc.signed-out',
    'You are signed out. Sign in again; what you typed is kept.',
  );

function requireSession(session: RpcSession | null): RpcSession {
  if (!session) throw unauthenticated();
  return session;
}

/** Needs no session and gets no service context. */
export const publicProcedure = procedure;

/** A signed-in user, outside any organization or wedding. */
export const userProcedure = procedure.use(({ ctx, next }) => {
  const session = requireSession(ctx.session);
  const service = createContext(ctx.ground, { actor: { kind: 'user', userId: session.userId } });
  return next({ ctx: { session, service } });
});

/** A member of the organization named by `input.orgId`; anybody else is told it does not exist. */
export const orgProcedure = procedure
  .input(z.object({ orgId: OrgId }))
  .use(async ({ ctx, input, next }) => {
    const session = requireSession(ctx.session);
    const resolved = await ctx.resolveAccess(session.userId, { orgId: input.orgId });
    if (!resolved) throw notFound('organization');
    const service = createContext(ctx.ground, {
      actor: { kind: 'user', userId: session.userId },
      ...resolved,
    });
    return next({ ctx: { session, service } });
  });

/** A member of the wedding named by `input.weddingId`, or of the company that plans it. */
export const weddingProcedure = procedure
  .input(z.object({ weddingId: WeddingId }))
  .use(async ({ ctx, input, next }) => {
    const session = requireSession(ctx.session);
    const resolved = await ctx.resolveAccess(session.userId, { weddingId: input.weddingId });
    if (!resolved) throw notFound('wedding');
    const service = createContext(ctx.ground, {
      actor: { kind: 'user', userId: session.userId },
      weddingId: input.weddingId,
      ...resolved,
    });
    return next({ ctx: { session, service } });
  });

/** An operator with a second factor, on the admin surface only. */
export const operatorProcedure = procedure.use(({ ctx, next }) => {
  const session = requireSession(ctx.session);
  if (ctx.surface !== 'admin' || !session.isOperator) {
    throw new DomainError('forbidden', 'rpc.operators-only', 'Only operators may do this.');
  }
  if (!session.secondFactor) {
    throw new DomainError(
      'precondition',
      'rpc.second-factor-required',
      'Operators need a second factor. Set up an authenticator app or a passkey first.',
    );
  }
  const service = createContext(ctx.ground, {
    actor: { kind: 'operator', userId: session.userId },
  });
  return next({ ctx: { session, service } });
});
