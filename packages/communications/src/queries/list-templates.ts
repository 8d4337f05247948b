import type { MessageTemplate } from '@wedsync/contracts/communications';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { asc, eq, sql } from 'drizzle-orm';
import { toTemplate } from '../rows.ts';

/** All templates of the wedding, by name. */
export async function listTemplates(ctx: ServiceContext): Promise<MessageTemplate[]> {
  requirePermission(ctx, 'communications.read');
  const rows = await readTx(ctx, (tx) =>
    tx
      .select()
      .from(messageTemplates)
      .where(eq(messageTemplates.weddingId, requireWedding(ctx)))
      .orderBy(asc(sql`lower(${messageTemplates.name})`)),
  );
  return rows.map(toTemplate);
}
