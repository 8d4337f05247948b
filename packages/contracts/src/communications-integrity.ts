import { z } from 'zod';
import { MessageId, OrgId, WeddingId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

/** What the integrity check looks at, each with what it means when something is found. */
export const integrityChecks = {
  'ledger.audience': 'A message has more or fewer deliveries than guests in its audience',
  'ledger.counts': 'The numbers shown differ from the deliveries themselves',
  'ledger.unfinished': 'A message has nothing left to send and is not finished',
  'ledger.twice': 'A household got the same message twice at one address',
  'ledger.stuck_lease': 'A delivery is held by a worker that is long gone',
  'ledger.in_doubt': 'Nobody has decided about a doubtful delivery for three days',
  'ledger.orphan': 'Deliveries belong to no message',
  'ledger.orphan_events': 'Reports are about deliveries that do not exist',
  'ledger.lost_carrier': 'A delivery points to a message for the household that does not exist',
  'ledger.default_partition': 'Rows lie outside the monthly partitions',
  'templates.syntax': 'A template cannot be rendered',
  'rules.sent_after_suppression': 'A message left for an address that was stopped before',
  'rules.sent_without_consent': 'A message left without consent, or after it was withdrawn',
  'rules.quiet_hours': 'A text left at night where its number is at home',
  'rules.sent_to_removed': 'A message left for a guest who had been forgotten',
} as const;
export type IntegrityCheckName = keyof typeof integrityChecks;

export const findingStates = ['open', 'repaired', 'gone', 'accepted'] as const;
export type FindingState = (typeof findingStates)[number];

export const IntegrityFinding = z.object({
  id: z.uuid(),
  checkName: z.string(),
  meaning: z.string(),
  severity: z.enum(['error', 'warning']),
  orgId: OrgId.nullable(),
  weddingId: WeddingId.nullable(),
  messageId: MessageId.nullable(),
  entityId: z.uuid().nullable(),
  /** Ids, numbers and moments; never an address or a name. */
  details: z.record(z.string(), z.unknown()),
  state: z.enum(findingStates),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  closedAt: Instant.nullable(),
  note: z.string().nullable(),
});
export type IntegrityFinding = z.infer<typeof IntegrityFinding>;
export const ListIntegrityFindings = z.object({
  states: z.array(z.enum(findingStates)).max(4).default(['open']),
  ...pageInput,
  cursor: z.object({ firstSeenAt: Instant, id: z.uuid() }).optional(),
});
export type ListIntegrityFindings = z.input<typeof ListIntegrityFindings>;
export interface IntegrityFindingPage {
  items: IntegrityFinding[];
  nextCursor: { firstSeenAt: string; id: string } | null;
}

/** What one check did in one run. */
export interface CheckResult {
  name: IntegrityCheckName;
  found: number;
  repaired: number;
}
export interface IntegrityRun {
  id: string;
  startedAt: string;
  /** Null while it runs, and for ever where the process died. */
  finishedAt: string | null;
  days: number;
  checks: CheckResult[];
}

/** An operator says why a finding may stay. */
export const AcceptFinding = z.object({
  findingId: z.uuid(),
  note: z.string().trim().min(3, { error: 'Say in a few words why it may stay.' }).max(300),
});
export type AcceptFinding = z.input<typeof AcceptFinding>;
/** Starts the check now, over messages of so many days. */
export const RequestIntegrityCheck = z.object({ days: z.int().min(1).max(400).default(40) });
export type RequestIntegrityCheck = z.input<typeof RequestIntegrityCheck>;

// Compliance -------------------------------------------------------------------------------------

/** A period of whole days in UTC, the last one included. */
export const ComplianceReportInput = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
});
export type ComplianceReportInput = z.input<typeof ComplianceReportInput>;

/** One statement of a law, how this company stands to it, and what shows it. */
export interface ComplianceLine {
  law: 'GDPR' | 'CAN-SPAM';
  /** Article or requirement. */
  rule: string;
  title: string;
  /** `unproven`: nothing in the period says either. */
  verdict: 'kept' | 'broken' | 'unproven';
  evidence: string;
}
export interface ComplianceReport {
  organization: string;
  from: string;
  to: string;
  preparedAt: string;
  weddings: number;
  messagesSent: number;
  lines: ComplianceLine[];
  figures: Record<string, number>;
}
/** The same as a file: `csv` for a spreadsheet, `json` for a machine. */
export const ExportComplianceReport = ComplianceReportInput.extend({
  format: z.enum(['csv', 'json']),
});
export type ExportComplianceReport = z.input<typeof ExportComplianceReport>;
export interface ComplianceFile {
  fileName: string;
  type: string;
  content: string;
}

// Jobs -------------------------------------------------------------------------------------------

/** Looks for contradictions in the ledger and broken rules, and repairs what is safe. */
export const checkIntegrityJob = defineJob({
  name: 'communications.check-integrity',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1), days: z.int().min(1).max(400).default(40) }),
  attempts: 2,
  timeoutMs: 900_000,
  schedule: { pattern: '20 3 * * *', tz: 'UTC' },
});

/** Removes receipts, statistics and old findings whose time is over. */
export const retireFeedbackJob = defineJob({
  name: 'communications.retire-feedback',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  attempts: 2,
  schedule: { pattern: '40 3 * * *', tz: 'UTC' },
});
