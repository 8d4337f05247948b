import { type SQL, sql } from 'drizzle-orm';
import type { CompiledStatement } from '../compiled-statement.ts';

/** A statement of `readOne` as SQL again, to be explained or written down. */
export function asSql(statement: SQL | CompiledStatement): SQL {
  if (!('text' in statement)) return statement;
  const { text, params } = statement;
  // Odd pieces are the numbers of parameters.
  const pieces = text.split(/\$(\d+)/);
  return sql.join(
    pieces.map((piece, index) =>
      index % 2 === 0 ? sql.raw(piece) : sql`${params[Number(piece) - 1]}`,
    ),
  );
}
