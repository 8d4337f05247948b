import {
  type IntegrityFinding,
  type IntegrityFindingPage,
  type IntegrityRun,
  integrityChecks,
  ListIntegrityFindings,
} from '@wedsync/contracts/communications-integrity';
import { isoMoment } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

const runsMax = 30;
const meanings: Readonly<Record<string, string>> = integrityChecks;

type FindingRow = Omit<IntegrityFinding, 'meaning'> & Record<string, unknown>;

/** What the integrity check found, newest first, for operators. */
export async function listIntegrityFindings(
  ctx: ServiceContext,
  input: ListIntegrityFindings,
): Promise<IntegrityFindingPage> {
  const { states, cursor, limit } = parseInput(ListIntegrityFindings, input);
  requireOperator(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<FindingRow>(sql`
      select id, check_name as "checkName", severity, org_id as "orgId", wedding_id as "weddingId",
        message_id as "messageId", entity_id as "entityId", details, state,
        first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", closed_at as "closedAt", note
      -- As text: the driver would cut a moment to milliseconds.
      from ops.list_integrity_findings(${`{${states.join(',')}}`}::text[],
        ${cursor?.firstSeenAt ?? null}::text::timestamptz, ${cursor?.id ?? null}::uuid, ${limit + 1})`),
  );
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    meaning: meanings[row.checkName] ?? row.checkName,
    firstSeenAt: isoMoment(row.firstSeenAt),
    lastSeenAt: isoMoment(row.lastSeenAt),
    closedAt: isoMoment(row.closedAt),
  }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items,
    // The moment as the database wrote it: ISO 8601 of JavaScript would lose its microseconds.
    nextCursor: last ? { firstSeenAt: microIso(last.firstSeenAt), id: last.id } : null,
  };
}

/** `2026-11-20 22:10:01.123456+00` as ISO 8601 with all its digits. */
const microIso = (moment: string) => moment.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');

/** The last runs of the check with what each check found. */
export async function listIntegrityRuns(ctx: ServiceContext): Promise<IntegrityRun[]> {
  requireOperator(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<IntegrityRun & Record<string, unknown>>(sql`
      select id, started_at as "startedAt", finished_at as "finishedAt", days, checks
      from ops.list_integrity_runs(${runsMax})`),
  );
  return rows.map((row) => ({
    ...row,
    startedAt: isoMoment(row.startedAt),
    finishedAt: isoMoment(row.finishedAt),
  }));
}
