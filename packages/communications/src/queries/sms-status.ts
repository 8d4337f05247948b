import type { SmsStatus } from '@wedsync/contracts/communications-sms';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { CommunicationsSettings } from '../ports.ts';

/** From which number the guests of this wedding are texted, if they can be. */
export async function getSmsStatus(
  ctx: ServiceContext,
  { smsFrom, isSmsSimulated = false }: CommunicationsSettings,
): Promise<SmsStatus> {
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  const [row] = await readTx(ctx, (tx) =>
    tx.execute<{ number: string | null }>(
      sql`select wedding.sms_number_of(${weddingId}) as number`,
    ),
  );
  // Without the installation's number no provider is set up, whatever companies were given.
  const from = smsFrom === undefined ? null : (row?.number ?? smsFrom);
  return { isAvailable: from !== null, from, isSimulated: isSmsSimulated };
}
