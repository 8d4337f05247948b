import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { SendOutcome } from './ports.ts';

/** This many answers in a row that are not about recipients say that the provider is down. */
const failuresMax = 3;

/**
 * The circuit breaker of a provider: one row that all workers share. While it is open nothing is
 * claimed; afterwards a few e-mails try whether the provider is back.
 */
export interface Breaker {
  /** Set once the provider was found down; cleared by `waitMs`. */
  readonly isOpen: boolean;
  /** True while nothing was accepted since the provider was down. */
  readonly isTrying: boolean;
  observe(outcome: SendOutcome): void;
  /** How long to leave the provider alone; 0 when it may be tried. Tells the others what was seen. */
  waitMs(): Promise<number>;
}

export function createBreaker(ctx: ServiceContext, provider: string): Breaker {
  let failures = 0;
  let reason = '';
  let isOpen = false;
  let isTrying = false;
  let cameBack = false;
  const report = (isUp: boolean) =>
    ctx.db.writeOne<{ ms: number }>(
      ctx.claims,
      sql`select ops.record_provider_result(${provider}, ${isUp}, ${reason}) as ms`,
    );
  const look = () =>
    ctx.db.readOne<{ ms: number; failures: number }>(
      ctx.claims,
      sql`
        select failures,
          greatest(0, coalesce(extract(epoch from open_until - clock_timestamp()) * 1000, 0))::int as ms
        from ops.provider_states where provider = ${provider}`,
    );
  return {
    get isOpen() {
      return isOpen;
    },
    get isTrying() {
      return isTrying;
    },
    observe(outcome) {
      if (outcome.kind === 'accepted' || outcome.kind === 'rejected') {
        failures = 0;
        cameBack ||= isTrying;
        isTrying = false;
      } else if (outcome.kind === 'unreachable') {
        failures++;
        reason = outcome.code.slice(0, 100);
        if (failures >= (isTrying ? 1 : failuresMax)) isOpen = true;
      }
    },
    async waitMs() {
      if (isOpen) {
        const [row] = await report(false);
        isOpen = false;
        failures = 0;
        isTrying = true;
        return row?.ms ?? 0;
      }
      if (cameBack) {
        cameBack = false;
        await report(true);
        return 0;
      }
      const [row] = await look();
      isTrying = (row?.failures ?? 0) > 0;
      return row?.ms ?? 0;
    },
  };
}
