import type { ScheduleReading } from '@wedsync/contracts/monitoring';
import { listSchedules as readCalendar } from '@wedsync/queue/inspect';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment } from './moment.ts';

type LastRun = {
  job_name: string;
  state: 'pending' | 'relayed' | 'done' | 'failed' | 'cancelled';
  created_at: string;
  took_ms: number | null;
};

function lastOf(row: LastRun | undefined): ScheduleReading['last'] {
  if (!row) return null;
  const { state } = row;
  return {
    state: state === 'pending' || state === 'relayed' ? 'running' : state,
    at: moment(row.created_at),
    tookMs: row.took_ms,
  };
}

/** The calendar of periodic jobs, next first, with what became of each one's last run. */
export async function listSchedules(ctx: MonitoringContext): Promise<ScheduleReading[]> {
  requireOperator(ctx);
  const calendar = await readCalendar(ctx.monitoring.queue);
  const names = calendar.map((entry) => entry.jobName);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<LastRun>(sql`
      select name as job_name, last.state, last.created_at, last.took_ms
      from unnest(${sql.param(names)}::text[]) as name
      cross join lateral (
        select o.state, o.created_at,
          (extract(epoch from o.finished_at - o.created_at) * 1000)::float8 as took_ms
        from ops.outbox o
        where o.job_name = name and o.dedupe_key like 'schedule:%'
        order by o.created_at desc limit 1
      ) last`),
  );
  return calendar.map(({ jobName, pattern, everyMs, tz, nextAt }) => ({
    jobName,
    pattern: pattern ?? null,
    everyMs: everyMs ?? null,
    tz: tz ?? 'UTC',
    nextAt: nextAt?.toISOString() ?? null,
    last: lastOf(rows.find((row) => row.job_name === jobName)),
  }));
}
