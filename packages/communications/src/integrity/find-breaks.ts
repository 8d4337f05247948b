import type { IntegrityCheckName } from '@wedsync/contracts/communications-integrity';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import { wordingIssues } from '../model/wording.ts';

/** Something that should not be. */
export type Break = {
  check_name: IntegrityCheckName;
  severity: 'error' | 'warning';
  wedding_id: string | null;
  message_id: string | null;
  entity_id: string | null;
  details: Record<string, unknown>;
};

/** Per check: enough to act on, and a broken month cannot fill the table. */
export const breaksMax = 500;
const templatesPerPage = 200;
const nilUuid = '00000000-0000-0000-0000-000000000000';

/** The smallest UUIDv7 of that many days ago: messages from there on are looked at. */
export function messagesSince(days: number, nowMs: number = Date.now()): string {
  const hex = (nowMs - days * 86_400_000).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Contradictions within the ledger, and rows where none belong. */
export async function findLedgerBreaks(tx: Tx, days: number): Promise<Break[]> {
  const ledger = await tx.execute<Break>(sql`
    select * from ops.find_ledger_breaks(${messagesSince(days)}::uuid, ${breaksMax})`);
  const stray = await tx.execute<Break>(sql`select * from ops.find_stray_partitions()`);
  return [...ledger, ...stray];
}

/** Messages that left against a guest's wish. */
export async function findRuleBreaks(tx: Tx, days: number): Promise<Break[]> {
  return [
    ...(await tx.execute<Break>(sql`
      select * from ops.find_rule_breaks(${messagesSince(days)}::uuid, ${breaksMax})`)),
  ];
}

type WordingRow = {
  wedding_id: string;
  template_id: string;
  version: number;
  language: string;
  channel: string;
  subject: string;
  body: string;
};

/** Templates that could not be rendered any more, for example after a merge field was renamed. */
export async function findWordingBreaks(tx: Tx): Promise<Break[]> {
  const breaks: Break[] = [];
  let after = { weddingId: nilUuid, templateId: nilUuid };
  while (breaks.length < breaksMax) {
    const rows = await tx.execute<WordingRow>(sql`
      select * from ops.list_wordings_to_check(
        ${after.weddingId}, ${after.templateId}, ${templatesPerPage})
      order by wedding_id, template_id`);
    const last = rows.at(-1);
    if (!last) break;
    for (const { wedding_id, template_id, version, language, channel, subject, body } of rows) {
      const issues = wordingIssues({ subject, body });
      if (issues.length === 0) continue;
      breaks.push({
        check_name: 'templates.syntax',
        severity: 'warning',
        wedding_id,
        message_id: null,
        entity_id: template_id,
        details: {
          version,
          language,
          channel,
          lines: issues.map(({ path, line }) => ({ path, line })),
        },
      });
    }
    after = { weddingId: last.wedding_id, templateId: last.template_id };
  }
  return breaks;
}
