import {
  type ComplianceFile,
  type ComplianceReport,
  ComplianceReportInput,
  ExportComplianceReport,
} from '@wedsync/contracts/communications-integrity';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import {
  type ComplianceFigures,
  complianceCsv,
  complianceReport,
} from '../model/compliance-duties.ts';

const daysMax = 400;

function requirePeriod(from: string, to: string): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days >= 0 && days <= daysMax) return;
  throw new DomainError(
    'invalid',
    'communications.wrong-period',
    `Choose a period of at most ${daysMax} days whose last day is not before the first.`,
  );
}

/** How the company of this request stands to the law, with the numbers that show it. */
export async function getComplianceReport(
  ctx: ServiceContext,
  input: ComplianceReportInput,
): Promise<ComplianceReport> {
  const { from, to } = parseInput(ComplianceReportInput, input);
  requirePermission(ctx, 'communications.read-compliance');
  requirePeriod(from, to);
  const [row] = await readTx(ctx, (tx) =>
    tx.execute<{ figures: ComplianceFigures }>(
      sql`select wedding.compliance_figures(${from}::date, ${to}::date) as figures`,
    ),
  );
  if (!row) throw new DomainError('bug', 'communications.no-figures', 'The report came out empty.');
  return complianceReport(row.figures, { from, to, preparedAt: ctx.clock.now().toISOString() });
}

/** The same as a file. */
export async function exportComplianceReport(
  ctx: ServiceContext,
  input: ExportComplianceReport,
): Promise<ComplianceFile> {
  const { from, to, format } = parseInput(ExportComplianceReport, input);
  const report = await getComplianceReport(ctx, { from, to });
  const fileName = `compliance-${from}-${to}.${format}`;
  return format === 'csv'
    ? { fileName, type: 'text/csv; charset=utf-8', content: complianceCsv(report) }
    : { fileName, type: 'application/json', content: JSON.stringify(report, null, 2) };
}
