import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/** Ends the message if every delivery is decided; true where this call ended it. */
export async function finishMessage(
  { tx, audit }: Pick<WriteScope, 'tx' | 'audit'>,
  { weddingId, id }: { weddingId: WeddingId; id: MessageId },
): Promise<boolean> {
  const [row] = await tx.execute<{ finished: boolean }>(
    sql`select wedding.finish_message(${weddingId}, ${id}) as finished`,
  );
  if (!row?.finished) return false;
  await audit({ action: 'communications.finish-message', entity: 'message', entityId: id });
  return true;
}
