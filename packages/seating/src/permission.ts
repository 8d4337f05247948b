import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { sql } from 'drizzle-orm';

/** What needs more than reading. */
export type SeatingAction = 'seating.update' | 'seating.optimize' | 'seating.print';

/**
 * Refuses whoever may not do `action`, and leaves a line in the wedding's history that they tried:
 * who may look at a plan but keeps trying to change it is worth knowing about.
 * @throws DomainError `forbidden` `service.forbidden`
 */
export async function requireSeating(ctx: ServiceContext, action: SeatingAction): Promise<void> {
  try {
    requirePermission(ctx, action, { allow: ['system'] });
  } catch (refusal) {
    if (ctx.actor.kind === 'user') {
      await ctx.db
        .writeOne(
          ctx.claims,
          sql`select wedding.seating_log_security_event(${requireWedding(ctx)}, ${action}, ${ctx.requestId})`,
        )
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'seating.refusal_not_logged'));
    }
    throw refusal;
  }
}
