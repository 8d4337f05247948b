import type { OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import type { Access, ContextGround } from '@wedsync/service/context';

/** A signed-in user, as far as procedures need to know. */
export interface RpcSession {
  sessionId: string;
  userId: UserId;
  isOperator: boolean;
  /** The account has a second factor; operators can do nothing without one. */
  secondFactor: boolean;
}

/** What the user is in the organization or wedding of a request. */
export interface ResolvedAccess {
  orgId: OrgId;
  access: Access;
}

/** Looks memberships up; `undefined` when the user has none there or it does not exist. */
export type AccessResolver = (
  userId: UserId,
  where: { orgId: OrgId } | { weddingId: WeddingId },
) => Promise<ResolvedAccess | undefined>;

/** The context of one HTTP request; procedures narrow it to a `ServiceContext`. */
export interface RpcContext {
  ground: ContextGround;
  surface: 'web' | 'admin';
  session: RpcSession | null;
  resolveAccess: AccessResolver;
}
