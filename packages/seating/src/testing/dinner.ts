import type { EventId } from '@wedsync/contracts/ids';
import type { SeatingPlan } from '@wedsync/contracts/seating';
import { toDomainError } from '@wedsync/db/pg-errors';
import type { TestDatabase } from '@wedsync/db/testing/database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedOrgMember, seedWedding, seedWeddingMember } from '@wedsync/testing/factories/weddings';
import { getPlan } from '../index.ts';

/** The error of a call that must fail. */
export const failure = async (call: Promise<unknown>) => {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled') throw new Error('it did not fail');
  return toDomainError(result.reason);
};
export const must = <T>(value: T | undefined | null): T => {
  if (value === undefined || value === null) throw new Error('the test expected a value');
  return value;
};

/** A dinner with tables "1" to "3" of eight seats and twelve guests; colleagues on request. */
export async function seedDinner(
  db: TestDatabase,
  fields: { tables?: number; guests?: number; seatCount?: number } = {},
) {
  const seeded = await seedWedding(db.admin);
  const { orgId, weddingId, ownerId } = seeded;
  const eventId = must(seeded.eventIds[1]);
  const plan = await seedPlan(db.admin, { weddingId, eventId, ...fields });
  const where = { orgId, weddingId };
  const ctx = userContext(db.app, { userId: ownerId, ...where });
  const colleague = async () =>
    userContext(db.app, {
      userId: await seedOrgMember(db.admin, { orgId, role: 'planner' }),
      ...where,
    });
  const viewer = async () =>
    userContext(db.app, {
      userId: await seedWeddingMember(db.admin, { ...where, role: 'viewer' }),
      access: { weddingRole: 'viewer' },
      ...where,
    });
  return { ...seeded, ...plan, eventId, ctx, colleague, viewer };
}

/** The plan of an event, which must have one. */
export const planOf = async (ctx: ServiceContext, eventId: EventId) =>
  must(await getPlan(ctx, { eventId }));

/** Who sits where, as "table/seat" by guest. */
export const seatsOf = ({ assignments, tables }: SeatingPlan) => {
  const labels = new Map(tables.map(({ id, label }) => [id, label]));
  return new Map(assignments.map((a) => [a.guestId, `${labels.get(a.tableId)}/${a.seatNumber}`]));
};
export const seating = async (ctx: ServiceContext, eventId: EventId) =>
  seatsOf(await planOf(ctx, eventId));
