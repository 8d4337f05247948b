import { createHash } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import { jsonParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { WriteScope } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/** One intent of a caller: the key it chose, what it asked for, and how that is done. */
export interface Intent<T> {
  key: string | undefined;
  verb: string;
  input: unknown;
  work(): Promise<T>;
}

const keptFor = '30 days';

/**
 * Does something once per key: a second call with the key waits for the first one and answers the
 * same. The row is written in the transaction of the work, so that a key is used up only by work that
 * was done.
 * @throws DomainError `conflict` `communications.key-reused` where the key stood for something else
 */
export async function answerOnce<T extends object>(
  ctx: ServiceContext,
  { tx }: Pick<WriteScope, 'tx'>,
  intent: Intent<T>,
): Promise<T> {
  const { key, verb, input, work } = intent;
  if (key === undefined) return work();
  const weddingId = requireWedding(ctx);
  const inputHash = createHash('sha256')
    .update(`${verb}\n${JSON.stringify(input)}`)
    .digest('hex');
  await tx.execute(sql`
    delete from wedding.send_requests
    where wedding_id = ${weddingId} and created_at < now() - ${keptFor}::interval`);
  // Waits for a call under way with the same key: its row is not committed yet.
  const [mine] = await tx.execute(sql`
    insert into wedding.send_requests (wedding_id, key, input_hash)
    values (${weddingId}, ${key}, ${inputHash}) on conflict do nothing returning key`);
  if (!mine) {
    const [known] = await tx.execute<{ input_hash: string; answer: T }>(sql`
      select input_hash, answer from wedding.send_requests
      where wedding_id = ${weddingId} and key = ${key}`);
    if (known?.input_hash === inputHash) return known.answer;
    throw new DomainError(
      'conflict',
      'communications.key-reused',
      'This key was used for something else. Choose a new key for each new intent.',
    );
  }
  const answer = await work();
  await tx.execute(sql`
    update wedding.send_requests set answer = ${jsonParameter(answer)}
    where wedding_id = ${weddingId} and key = ${key}`);
  return answer;
}
