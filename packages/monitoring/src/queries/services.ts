import {
  HeartbeatDetails,
  type PoolReading,
  type ServiceInstance,
} from '@wedsync/contracts/monitoring';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { serviceState } from '../model/service-state.ts';
import type { MonitoringContext } from '../ports.ts';
import { moment } from './moment.ts';

type Row = {
  service: string;
  instance: string;
  version: string;
  started_at: string;
  beat_at: string;
  database_latency_ms: number;
  details: unknown;
};

/** A process of another version may write more or other details than this one knows. */
function poolsOf(details: unknown): PoolReading[] {
  const parsed = HeartbeatDetails.safeParse(details);
  return parsed.success ? parsed.data.pools : [];
}

/**
 * Every process heard of during the last day, by service and age. The pools of this very process
 * are read now; the others' are as old as their heartbeat.
 */
export async function listServices(ctx: MonitoringContext): Promise<ServiceInstance[]> {
  requireOperator(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<Row>(sql`
      select service, instance, version, started_at, beat_at, database_latency_ms, details
      from ops.heartbeats where beat_at > now() - interval '1 day'
      order by service, started_at desc, instance limit 200`),
  );
  const lifetimes = rows.map((row) => ({
    service: row.service,
    startedAt: new Date(row.started_at),
    beatAt: new Date(row.beat_at),
  }));
  const now = ctx.clock.now();
  const { instance, readPools } = ctx.monitoring;
  return rows.map((row) => ({
    service: row.service,
    instance: row.instance,
    version: row.version,
    state: serviceState(
      { service: row.service, startedAt: new Date(row.started_at), beatAt: new Date(row.beat_at) },
      lifetimes,
      now,
    ),
    startedAt: moment(row.started_at),
    beatAt: moment(row.beat_at),
    databaseLatencyMs: row.database_latency_ms,
    pools: row.instance === instance ? readPools() : poolsOf(row.details),
  }));
}
