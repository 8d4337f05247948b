import type {
  MessagePartition,
  ProviderReading,
  SendingReading,
  SendRate,
} from '@wedsync/contracts/monitoring-sending';
import type { Tx } from '@wedsync/db/client';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment, momentOrNull } from './moment.ts';

type ProviderRow = {
  provider: string;
  is_open: boolean;
  open_until: string | null;
  reason: string | null;
  failures: number;
  updated_at: string;
};

async function readProviders(tx: Tx): Promise<ProviderReading[]> {
  const rows = await tx.execute<ProviderRow>(sql`
    select provider, coalesce(open_until > now(), false) as is_open, open_until, reason, failures,
      updated_at
    from ops.provider_states order by provider`);
  return rows.map((row) => ({
    provider: row.provider,
    isOpen: row.is_open,
    openUntil: momentOrNull(row.open_until),
    reason: row.reason,
    failures: row.failures,
    updatedAt: moment(row.updated_at),
  }));
}

/** Sizes come from the catalog: the login that reads them sees no row of any tenant. */
async function readPartitions(tx: Tx): Promise<MessagePartition[]> {
  const rows = await tx.execute<MessagePartition & Record<string, unknown>>(sql`
    select parent.relname as parent,
      to_char(to_date(substring(part.relname from '_y([0-9]{4}m[0-9]{2})$'), 'YYYY"m"MM'), 'YYYY-MM')
        as month,
      greatest(part.reltuples, 0)::float8 as "rowsEstimated",
      pg_total_relation_size(part.oid)::float8 as "sizeBytes"
    from pg_partitioned_table p
    join pg_class parent on parent.oid = p.partrelid
    join pg_inherits i on i.inhparent = parent.oid
    join pg_class part on part.oid = i.inhrelid
    where parent.relnamespace = 'wedding'::regnamespace
    order by parent.relname, month desc nulls first`);
  return [...rows];
}

type RateRow = {
  scope: string;
  name: string;
  per_second: number;
  burst: number;
  reserved_ms: number;
  updated_at: string;
};

async function readRates(tx: Tx): Promise<SendRate[]> {
  const rows = await tx.execute<RateRow>(sql`select * from ops.list_send_rates()`);
  return rows.map((row) => ({
    scope: row.scope,
    name: row.name,
    perSecond: row.per_second,
    burst: row.burst,
    reservedMs: Math.round(row.reserved_ms),
    updatedAt: moment(row.updated_at),
  }));
}

/** Providers with their circuit breakers, limits of sending, and the months of the ledger. */
export async function getSending(ctx: MonitoringContext): Promise<SendingReading> {
  requireOperator(ctx);
  const rates = await readTx(ctx, readRates);
  return ctx.monitoring.statistics.run('monitoring.inspect', async (tx) => ({
    providers: await readProviders(tx),
    rates,
    partitions: await readPartitions(tx),
  }));
}
