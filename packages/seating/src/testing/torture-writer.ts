// One process of the torture test: several people who change the same plan as fast as they can. Each
// change that was acknowledged is a line on standard output: revision and kind. Ended by SIGKILL.
import { EventId, GuestId, SeatingLayoutId } from '@wedsync/contracts/ids';
import type { PlanChange, SeatingPlan } from '@wedsync/contracts/seating';
import { createTenantDb } from '@wedsync/db/client';
import { toDomainError } from '@wedsync/db/pg-errors';
import { inviteGuests, uninviteGuests } from '@wedsync/guests';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { z } from 'zod';
import * as room from '../index.ts';

const Order = z.object({
  url: z.string(),
  orgId: z.string(),
  weddingId: z.string(),
  userIds: z.array(z.string()),
  eventId: EventId,
  layoutId: SeatingLayoutId,
  guestIds: z.array(GuestId),
  operations: z.number(),
  seed: z.number(),
});
/** What a writing process is told to do. */
export type TortureOrder = z.infer<typeof Order>;

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the people: looks at the plan now and then, and acts on what may be old by now. */
class Writer {
  readonly #ctx: ServiceContext;
  readonly #order: TortureOrder;
  readonly #random: () => number;
  #plan: SeatingPlan | null = null;

  constructor(ctx: ServiceContext, order: TortureOrder, seed: number) {
    this.#ctx = ctx;
    this.#order = order;
    this.#random = randomOf(seed);
  }

  async run(operations: number): Promise<void> {
    for (let done = 0; done < operations; done++) {
      if (done % 20 === 0) this.#plan = await room.getPlan(this.#ctx, this.#order);
      const [result] = await Promise.allSettled([this.#act()]);
      if (result.status === 'fulfilled') acknowledge(result.value);
      else refuseBug(result.reason);
    }
  }

  #below = (count: number) => Math.floor(this.#random() * count);
  #pick<T>(from: readonly T[]): T {
    const one = from[this.#below(from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }
  #guests = (count: number) =>
    Array.from({ length: count }, () => this.#pick(this.#order.guestIds));

  /** Guests who had a seat when the plan was last looked at. */
  #seated(count: number): GuestId[] {
    const seated = this.#plan?.assignments ?? [];
    if (seated.length === 0) return this.#guests(count);
    return Array.from({ length: count }, () => this.#pick(seated).guestId);
  }

  #placements(count: number) {
    const tables = this.#plan?.tables ?? [];
    return [...new Set(this.#guests(count))].map((guestId) => {
      const { id: tableId, seatCount } = this.#pick(tables);
      const isExact = this.#random() < 0.3;
      return { guestId, tableId, ...(isExact && { seatNumber: 1 + this.#below(seatCount) }) };
    });
  }

  async #act(): Promise<PlanChange | undefined> {
    const { eventId, layoutId } = this.#order;
    const ctx = this.#ctx;
    const [one, other] = this.#seated(2) as [GuestId, GuestId];
    const roll = this.#random();
    if (roll < 0.3) return room.assignSeats(ctx, { eventId, placements: this.#placements(1) });
    if (roll < 0.42) return room.swapSeats(ctx, { eventId, guestIds: [one, other] });
    if (roll < 0.55) return room.unassignSeats(ctx, { eventId, guestIds: [one] });
    if (roll < 0.65) return room.assignSeats(ctx, { eventId, placements: this.#placements(8) });
    if (roll < 0.72) return this.#resize();
    if (roll < 0.76) return this.#replaceTable();
    if (roll < 0.84) {
      return room.lockSeats(ctx, { eventId, guestIds: [one], isLocked: this.#random() < 0.3 });
    }
    if (roll < 0.92) return room.undo(ctx, { eventId });
    if (roll < 0.95) return room.redo(ctx, { eventId });
    if (roll < 0.97) return this.#applyPlan();
    if (roll < 0.985) return room.moveThings(ctx, { layoutId, ...this.#moves() });
    await uninviteGuests(ctx, { eventId, guestIds: [one], evenAnswered: true });
    await inviteGuests(ctx, { eventId, guestIds: [one] });
    return undefined;
  }

  #moves() {
    const { id: tableId } = this.#pick(this.#plan?.tables ?? []);
    return { tables: [{ tableId, xMm: this.#below(9_000), yMm: 500 }], fixtures: [] };
  }

  #resize() {
    const { id: tableId, version } = this.#pick(this.#plan?.tables ?? []);
    const isLocked = this.#random() < 0.1;
    return room.updateTable(this.#ctx, {
      tableId,
      version,
      set: this.#random() < 0.8 ? { seatCount: 4 + this.#below(7) } : { isLocked },
    });
  }

  async #replaceTable(): Promise<PlanChange> {
    const { layoutId } = this.#order;
    const table = this.#pick(this.#plan?.tables ?? []);
    acknowledge(await room.removeTables(this.#ctx, { layoutId, tableIds: [table.id] }));
    return room.addTables(this.#ctx, {
      layoutId,
      tables: [{ ...table, label: `T${this.#below(1e9)}` }],
    });
  }

  /** Keeps the plan, and brings it back as if an optimizer's result were applied over it. */
  async #applyPlan(): Promise<PlanChange> {
    const { eventId } = this.#order;
    const version = await room.saveVersion(this.#ctx, { eventId, name: 'Kept' });
    const { revision } = await room.compareVersion(this.#ctx, { versionId: version.id });
    const restored = await Promise.allSettled([
      room.restoreVersion(this.#ctx, { versionId: version.id, revision }),
    ]);
    await room.removeVersion(this.#ctx, { versionId: version.id });
    const [result] = restored;
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }
}

function acknowledge(change: PlanChange | undefined): void {
  const isWritten = change && change.summary !== 'Nothing to change';
  process.stdout.write(isWritten ? `${change.revision} ${change.kind}\n` : '. .\n');
}

/** What was foreseen is part of the game; what was not ends the process with a word on it. */
function refuseBug(reason: unknown): void {
  const error = toDomainError(reason);
  if (error.kind !== 'bug') {
    process.stdout.write(`! ${error.code}\n`);
    return;
  }
  process.stderr.write(`${error.stack ?? error.message}\n${String(error.cause)}\n`);
  process.exit(3);
}

const order = Order.parse(JSON.parse(process.argv[2] ?? ''));
const db = createTenantDb({
  url: order.url,
  max: 8,
  applicationName: 'seating-torture',
  acquireTimeoutMs: 60_000,
});
const { orgId, weddingId, userIds, seed, operations } = order;
await Promise.all(
  userIds.map((userId, index) => {
    const ctx = userContext(db, { orgId, weddingId, userId });
    return new Writer(ctx, order, seed + index).run(Math.ceil(operations / userIds.length));
  }),
);
await db.end();
