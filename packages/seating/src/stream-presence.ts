import { DomainError } from '@wedsync/contracts/errors';
import { GetSeatingPlan } from '@wedsync/contracts/seating';
import type { SeatingPresence } from '@wedsync/contracts/seating-presence';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readPresence } from './show-presence.ts';

/** How often access is checked and who has gone is looked for; a wake-up comes at once. */
const lookMs = 2_000;

export interface PresenceOptions {
  /** Whether the caller may still read this wedding. */
  mayContinue: () => Promise<boolean>;
}

/** Resolves after `ms`, when `ring` is called, or when the signal fires. */
function createPause(signal: AbortSignal) {
  let rung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    rung = true;
    wake?.();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    async pause(ms: number) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      rung = signal.aborted;
    },
  };
}

/**
 * Who has a plan open and where they look: the whole list at first, and whenever it changes. Ends when
 * the request does; fails with `unauthenticated` when access has ended.
 */
export async function* streamPresence(
  ctx: ServiceContext,
  input: GetSeatingPlan,
  { mayContinue }: PresenceOptions,
): AsyncGenerator<SeatingPresence[], void, void> {
  const { eventId } = parseInput(GetSeatingPlan, input);
  requirePermission(ctx, 'seating.read');
  const where = { weddingId: requireWedding(ctx), eventId };
  const { signal } = ctx;
  const { ring, pause } = createPause(signal);
  const unsubscribe = await ctx.wake.subscribe('presence', (key) => {
    if (key === eventId || key === '') ring();
  });
  try {
    let told: string | undefined;
    while (!signal.aborted) {
      const present = await readPresence(ctx, where);
      const text = JSON.stringify(present);
      if (text !== told) yield present;
      told = text;
      await pause(lookMs);
      if (!signal.aborted && !(await mayContinue())) throw accessEnded();
    }
  } finally {
    await unsubscribe();
  }
}

const accessEnded = () =>
  new DomainError(
    'unauthenticated',
    'weddings.access-ended',
    'You no longer have access here. Sign in again or ask the planner.',
  );
