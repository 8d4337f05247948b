import { heartbeatEveryMs, type PoolReading } from '@wedsync/contracts/monitoring';
import type { ServiceDb } from '@wedsync/db/client';
import type { Logger } from '@wedsync/platform/log';
import { sql } from 'drizzle-orm';

/** The process that reports itself. */
export interface HeartbeatOptions {
  serviceDb: ServiceDb;
  service: 'server' | 'worker';
  /** Unique among the processes that run at the same time, e.g. `host:pid`. */
  instance: string;
  version: string;
  readPools: () => PoolReading[];
  log: Logger;
  everyMs?: number;
}

/** Writes one heartbeat with the measured round trip to the database. */
export async function recordHeartbeat(options: HeartbeatOptions, startedAt: Date): Promise<void> {
  const { serviceDb, service, instance, version, readPools } = options;
  const latencyMs = await serviceDb.ping();
  const details = JSON.stringify({ pools: readPools() });
  await serviceDb.run('heartbeat.record', (tx) =>
    tx.execute(sql`
      insert into ops.heartbeats
        (service, instance, version, started_at, beat_at, database_latency_ms, details)
      values (${service}, ${instance}, ${version}, ${startedAt.toISOString()}::timestamptz, now(),
        ${latencyMs}::float4, ${details}::jsonb)
      on conflict (service, instance) do update set
        version = excluded.version, started_at = excluded.started_at, beat_at = excluded.beat_at,
        database_latency_ms = excluded.database_latency_ms, details = excluded.details`),
  );
}

/** Removes the row of a process that ends on purpose: it is not missing. */
async function removeHeartbeat({ serviceDb, service, instance }: HeartbeatOptions): Promise<void> {
  await serviceDb.run('heartbeat.record', (tx) =>
    tx.execute(
      sql`delete from ops.heartbeats where service = ${service} and instance = ${instance}`,
    ),
  );
}

/**
 * Beats at once and then every 30 seconds until `stop`. A beat that fails is logged and the next
 * one tried: the process goes on without, and the operators see it as down.
 */
export function startHeartbeat(options: HeartbeatOptions): { stop(): Promise<void> } {
  const startedAt = new Date();
  let beating: Promise<void> = Promise.resolve();
  const beat = () => {
    beating = beating
      .then(() => recordHeartbeat(options, startedAt))
      .catch((error: unknown) => {
        options.log.warn({ err: error }, 'monitoring.heartbeat_failed');
      });
  };
  beat();
  const timer = setInterval(beat, options.everyMs ?? heartbeatEveryMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await beating;
      await removeHeartbeat(options).catch((error: unknown) => {
        options.log.warn({ err: error }, 'monitoring.heartbeat_failed');
      });
    },
  };
}
