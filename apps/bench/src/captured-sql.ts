import type { TenantDb, Tx } from '@wedsync/db/client';
import { asSql } from '@wedsync/db/testing/as-sql';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { SeededWedding } from './seed.ts';

/** A statement exactly as a verb sends it. */
export interface CapturedStatement {
  query: string;
  params: unknown[];
}

/**
 * Runs a verb once as superuser, without claims, and writes down its statements, so that the raw
 * loop executes the very same SQL.
 */
export async function captureSql(
  admin: postgres.Sql,
  wedding: SeededWedding,
  verb: (ctx: ServiceContext) => Promise<unknown>,
): Promise<CapturedStatement[]> {
  const statements: CapturedStatement[] = [];
  const tx: Tx = drizzle(admin, {
    logger: { logQuery: (query, params) => void statements.push({ query, params }) },
  });
  const { read, write }: Pick<TenantDb, 'read' | 'write'> = {
    read: (_claims, fn) => fn(tx),
    write: (_claims, fn) => fn(tx),
  };
  const never = () => Promise.reject(new Error('not part of a capture'));
  const db: TenantDb = {
    read,
    write,
    readOne: async (_claims, statement) => [...(await tx.execute(asSql(statement)))] as never[],
    writeOne: async (_claims, statement) => [...(await tx.execute(statement))] as never[],
    ping: never,
    end: never,
    stats: () => ({ max: 1, busy: 0, waiting: 0, refused: 0 }),
  };
  const { orgId, weddingId, ownerId } = wedding;
  await verb(userContext(db, { orgId, weddingId, userId: ownerId }));
  return statements;
}
