import type { DeliveryReason, MessageState } from '@wedsync/contracts/communications';
import type { DeliveryId } from '@wedsync/contracts/ids';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { ShardRef } from './claim-batch.ts';
import { isDeadAddress, suppressRefused } from './suppress-refused.ts';

/** What the ledger shall say of a delivery; the shape that `complete_deliveries` reads. */
export interface DeliveryResult {
  id: DeliveryId;
  /** Of the claim that the result belongs to. */
  epoch: number;
  state: 'sent' | 'ready' | 'failed' | 'skipped' | 'in_doubt';
  reason?: DeliveryReason;
  code?: string;
  providerRef?: string;
  /** Whether this counts as an attempt at the recipient. */
  counts: boolean;
  delayMs?: number;
}

/** Writes results while sending goes on. */
export interface ResultWriter {
  add(result: DeliveryResult): void;
  /** Writes what is there and looks how the message stands, soon. */
  look(): void;
  /** The last flush; nothing is written by itself any more. */
  close(): Promise<void>;
}

const resultsMax = 200;
const writeEveryMs = 100;
/** With nothing to write, how long a pause may stay unnoticed. */
const lookEveryMs = 200;

type Answer = { message_state: MessageState; accepted: number };

export interface ResultWriterOptions {
  /** Told after every write. */
  onState(state: MessageState): void;
  onFailure(error: unknown): void;
  /** Called before every write; what it returns, once the write has succeeded. */
  onWrite(): () => void;
}

/**
 * Results are written together every 100 ms, or as soon as there are 200 of them, never two statements
 * at once. Each answer says how the message stands, which is how a pause or cancellation becomes known.
 */
export function createResultWriter(
  ctx: ServiceContext,
  { weddingId, messageId }: ShardRef,
  { onState, onFailure, onWrite }: ResultWriterOptions,
): ResultWriter {
  let waiting: DeliveryResult[] = [];
  let writing: Promise<void> | undefined;
  let lastAt = performance.now();

  /** One statement that carries its COMMIT: a process that stops here holds no lock. */
  function store(results: readonly DeliveryResult[]): Promise<Answer[]> {
    const complete = sql`
      select * from wedding.complete_deliveries(
        ${weddingId}, ${messageId}, ${jsonParameter(results)})`;
    if (!results.some(isDeadAddress)) return ctx.db.writeOne<Answer>(ctx.claims, complete);
    return ctx.db.write(ctx.claims, async (tx) => {
      const answer = await tx.execute<Answer>(complete);
      await suppressRefused(tx, { weddingId, messageId }, results);
      return [...answer];
    });
  }

  async function write(): Promise<void> {
    const results = waiting;
    waiting = [];
    const onWritten = onWrite();
    const [row] = await store(results).catch((error: unknown) => {
      waiting = [...results, ...waiting];
      throw error;
    });
    lastAt = performance.now();
    if (row && row.accepted < results.length) {
      const refused = results.length - row.accepted;
      ctx.log.warn(
        { event: 'communications.results_fenced', messageId, refused },
        'results came too late',
      );
    }
    onWritten();
    onState(row?.message_state ?? 'cancelled');
  }

  /** One after the other; a failure ends the sending, and the journal keeps what was not written. */
  function start(): Promise<void> {
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  const timer = setInterval(() => {
    const dueMs = waiting.length > 0 ? writeEveryMs : lookEveryMs;
    if (!writing && performance.now() - lastAt >= dueMs - 1) start().catch(onFailure);
  }, writeEveryMs / 2);

  return {
    add(result) {
      waiting.push(result);
      if (waiting.length >= resultsMax && !writing) start().catch(onFailure);
    },
    look() {
      if (!writing) start().catch(onFailure);
    },
    async close() {
      clearInterval(timer);
      await writing;
      if (waiting.length > 0) await start();
    },
  };
}
