import { type SQL, sql } from 'drizzle-orm';
import type { ServiceDb } from './client.ts';

/** A statement with `$1 … $n` in its text, as node-postgres takes it. */
interface Statement {
  text: string;
  values?: unknown[];
}

function toSql({ text, values = [] }: Statement): SQL {
  const parts = text
    .split(/\$(\d+)/)
    .map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`,
    );
  return sql.join(parts);
}

/**
 * What rate-limiter-flexible needs of a PostgreSQL client, over our own bounded pool. Its table is
 * `ops.rate_limits`.
 */
export function createRateLimitStore(db: ServiceDb) {
  return {
    async query(statement: Statement) {
      const rows = await db.run('rate-limit.count', (tx) => tx.execute(toSql(statement)));
      return { rows: [...rows], rowCount: rows.length };
    },
  };
}
