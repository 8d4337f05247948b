import type { ServiceDb } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { Logger } from '@wedsync/platform/log';
import { sql } from 'drizzle-orm';

export interface RefusalCounter {
  count(source: 'mail' | 'webhook', reason: string): void;
  /** Writes what was counted; also done every few seconds. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const flushMs = 10_000;

/**
 * Counts reports that could not be used, in memory and then in one statement: whoever sends forged
 * ones by the thousand must not make the database write by the thousand.
 */
export function createRefusalCounter(serviceDb: ServiceDb, log: Logger): RefusalCounter {
  let counts = new Map<string, number>();

  async function flush(): Promise<void> {
    if (counts.size === 0) return;
    const taken = counts;
    counts = new Map();
    const rows = [...taken].map(([key, n]) => {
      const [source, reason] = key.split(' ');
      return { source, reason, n };
    });
    await serviceDb
      .run('feedback.record', (tx) =>
        tx.execute(sql`
          insert into ops.feedback_refusals as r (day, source, reason, n)
          select (now() at time zone 'UTC')::date, x.source, x.reason, x.n
          from jsonb_to_recordset(${jsonParameter(rows)}) as x (source text, reason text, n bigint)
          order by 1, 2, 3
          on conflict on constraint feedback_refusals_pk do update set n = r.n + excluded.n`),
      )
      .catch((err: unknown) => {
        // A statistic: what cannot be written now is added to what comes.
        for (const [key, n] of taken) counts.set(key, (counts.get(key) ?? 0) + n);
        log.warn({ event: 'communications.refusals_not_counted', err }, 'kept for later');
      });
  }

  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();
  return {
    count(source, reason) {
      const key = `${source} ${reason}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
