import { createHash } from 'node:crypto';
import type {
  CheckResult,
  FindingState,
  IntegrityCheckName,
} from '@wedsync/contracts/communications-integrity';
import { newUuid } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import { type Break, breaksMax, messagesSince } from './find-breaks.ts';

/** The same break at the same place, whenever it is seen. */
export function fingerprintOf({ check_name, wedding_id, message_id, entity_id }: Break): string {
  const place = [check_name, wedding_id, message_id, entity_id].map((part) => part ?? '');
  return createHash('sha256').update(place.join('|')).digest('hex');
}

/** What a run saw. */
export interface Seen {
  /** Breaks that are there. */
  open: readonly Break[];
  /** Breaks that were there before the repair. */
  repaired: readonly Break[];
  /** Checks that looked at everything. */
  checked: readonly IntegrityCheckName[];
  days: number;
}

async function insert(tx: Tx, breaks: readonly Break[], state: FindingState): Promise<void> {
  if (breaks.length === 0) return;
  const rows = breaks.map((found) => ({
    ...found,
    id: newUuid(),
    fingerprint: fingerprintOf(found),
  }));
  await tx.execute(sql`
    insert into ops.integrity_findings as f (id, fingerprint, check_name, severity, org_id, wedding_id,
      message_id, entity_id, details, state, closed_at)
    select distinct on (x.fingerprint) x.id, decode(x.fingerprint, 'hex'), x.check_name, x.severity,
      ops.org_of_wedding(x.wedding_id), x.wedding_id, x.message_id, x.entity_id, x.details, ${state}::text,
      case when ${state}::text <> 'open' then now() end
    from jsonb_to_recordset(${jsonParameter(rows)}) as x (id uuid, fingerprint text, check_name text,
      severity text, wedding_id uuid, message_id uuid, entity_id uuid, details jsonb)
    -- What an operator has accepted is not raised again.
    where not exists (
      select from ops.integrity_findings a
      where a.fingerprint = decode(x.fingerprint, 'hex') and a.state = 'accepted')
    order by x.fingerprint
    on conflict (fingerprint) where state = 'open' do update set
      last_seen_at = now(), details = excluded.details, severity = excluded.severity`);
}

/** Open findings that this run looked for and did not see are over. */
async function closeUnseen(tx: Tx, seen: Seen): Promise<void> {
  const repaired = seen.repaired.map(fingerprintOf);
  const open = seen.open.map(fingerprintOf);
  await tx.execute(sql`
    update ops.integrity_findings f set closed_at = now(),
      state = case when encode(f.fingerprint, 'hex') in (
        select value from jsonb_array_elements_text(${jsonParameter(repaired)})) then 'repaired' else 'gone' end
    where f.state = 'open'
      and f.check_name in (select value from jsonb_array_elements_text(${jsonParameter(seen.checked)}))
      and (f.message_id is null
        or f.message_id >= ${messagesSince(seen.days)}::uuid)
      and encode(f.fingerprint, 'hex') not in (
        select value from jsonb_array_elements_text(${jsonParameter(open)}))`);
}

/** Writes down what a run saw and closes what is over. */
export async function recordFindings(tx: Tx, seen: Seen): Promise<void> {
  await insert(tx, seen.open, 'open');
  await closeUnseen(tx, seen);
  const known = await tx.execute<{ fingerprint: string }>(sql`
    select encode(fingerprint, 'hex') as fingerprint from ops.integrity_findings
    where state = 'repaired' and closed_at = now()`);
  const closed = new Set([...known].map(({ fingerprint }) => fingerprint));
  await insert(
    tx,
    seen.repaired.filter((found) => !closed.has(fingerprintOf(found))),
    'repaired',
  );
}

/** Numbers per check, for the report of the run. */
export function resultsOf(seen: Seen): CheckResult[] {
  const count = (breaks: readonly Break[], name: IntegrityCheckName) =>
    breaks.filter(({ check_name }) => check_name === name).length;
  return seen.checked.map((name) => ({
    name,
    found: count(seen.open, name) + count(seen.repaired, name),
    repaired: count(seen.repaired, name),
  }));
}

/** True where a check stopped counting: what it did not list may still be there. */
export const isTruncated = (breaks: readonly Break[], name: IntegrityCheckName): boolean =>
  breaks.filter(({ check_name }) => check_name === name).length >= breaksMax;
