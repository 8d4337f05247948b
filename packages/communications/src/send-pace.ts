import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

/** Moments at which one message each may leave, by `performance.now()`, in order. */
export type Slots = number[];

/** The pace of a provider and a planner company, kept over all workers by the database. */
export interface Pace {
  /** False as long as nothing limits the pace, as far as is known. */
  readonly isLimited: boolean;
  /** The next moments, worth about a quarter of a second; undefined where nothing limits the pace. */
  reserve(): Promise<Slots | undefined>;
}

type SlotRow = { first_in_ms: number; interval_ms: number };

/** So much is lost when a message is paused, and so often is the database asked. */
const reservedMs = 250;
const slotsMax = 1_000;

/**
 * Opens the pace for some scopes, such as `provider:smtp` and `org:<uuid>`. A slot that several scopes
 * limit is the latest of theirs.
 */
export function createPace(ctx: ServiceContext, scopes: readonly string[]): Pace {
  let intervalMs: number | undefined;
  return {
    get isLimited() {
      return intervalMs !== undefined;
    },
    async reserve() {
      const wanted = intervalMs === undefined ? 1 : Math.round(reservedMs / intervalMs);
      const count = Math.min(slotsMax, Math.max(1, wanted));
      const names = JSON.stringify(scopes);
      const rows = await ctx.db.writeOne<SlotRow>(
        ctx.claims,
        sql`
          select slots.first_in_ms, slots.interval_ms
          from jsonb_array_elements_text(${names}::jsonb) as scope
          cross join lateral ops.reserve_send_slots(scope, ${count}) slots`,
      );
      const now = performance.now();
      intervalMs = rows.length > 0 ? Math.max(...rows.map((row) => row.interval_ms)) : undefined;
      if (rows.length === 0) return undefined;
      return Array.from({ length: count }, (_, index) =>
        Math.max(...rows.map((row) => now + row.first_in_ms + index * row.interval_ms)),
      );
    },
  };
}
