import { newId, WeddingId } from '@wedsync/contracts/ids';
import { CreateWedding, type Wedding } from '@wedsync/contracts/weddings';
import { weddings } from '@wedsync/db/schema/weddings';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { getWeddingRow } from './rows.ts';
import { orgOf, within } from './scope.ts';

/** @throws DomainError `limit` `weddings.tier-limit` when the company's plan allows no more */
export async function createWedding(ctx: ServiceContext, input: CreateWedding): Promise<Wedding> {
  const fields = parseInput(CreateWedding, input);
  requirePermission(ctx, 'weddings.create');
  const orgId = orgOf(ctx);
  const id = newId(WeddingId);
  const inside = within(ctx, { access: ctx.access, orgId, weddingId: id });
  return writeTx(inside, async ({ tx, audit, change }) => {
    await tx.insert(weddings).values({ id, orgId, ...fields });
    await audit({ action: 'weddings.create', entity: 'wedding', entityId: id, after: fields });
    await change({ entity: 'wedding', entityId: id, kind: 'created' });
    return getWeddingRow(tx, id, 'read');
  });
}
