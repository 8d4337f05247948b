import { z } from 'zod';
import { OrgId, OutboxId, UserId } from './ids.ts';
import { defineJob, jobVersion, type QueueName } from './job.ts';
import { pageInput } from './paging.ts';
import type { OrgRole } from './roles.ts';
import { type Tier, tiers } from './weddings.ts';

const search = z.string().trim().max(120).default('');
const listPage = { ...pageInput, cursor: z.uuid().optional() };

// Services --------------------------------------------------------------------------------------
/** Processes that make up an installation; each sends a heartbeat. */
export const serviceNames = ['server', 'worker'] as const;
export type ServiceName = (typeof serviceNames)[number];

export const heartbeatEveryMs = 30_000;
/** Two and a half beats: one may be lost without anybody being called. */
export const heartbeatStaleMs = 75_000;

const count = z.int().min(0);
export const PoolReading = z.object({
  name: z.string().max(60),
  max: count,
  busy: count,
  waiting: count,
  /** Since the process started. */
  refused: count,
});
export type PoolReading = z.infer<typeof PoolReading>;

/** What a process writes into `ops.heartbeats.details`. */
export const HeartbeatDetails = z.object({ pools: z.array(PoolReading).max(20).default([]) });
export type HeartbeatDetails = z.input<typeof HeartbeatDetails>;

/** `replaced`: silent, but a process of the same service started after its last beat. */
export type ServiceState = 'up' | 'down' | 'replaced';

export interface ServiceInstance {
  service: string;
  instance: string;
  version: string;
  state: ServiceState;
  startedAt: string;
  beatAt: string;
  databaseLatencyMs: number;
  pools: PoolReading[];
}

// Database --------------------------------------------------------------------------------------
export interface ConnectionGroup {
  role: string;
  state: string;
  connections: number;
}

export interface DatabaseFacts {
  version: string;
  startedAt: string;
  sizeBytes: number;
  connectionsMax: number;
  connections: ConnectionGroup[];
  /** Share of block reads served from memory, 0 to 1, since statistics were reset. */
  cacheHitRatio: number | null;
  transactionsCommitted: number;
  transactionsRolledBack: number;
  deadlocks: number;
  /** Age of the oldest open transaction; null while there is none. */
  oldestTransactionMs: number | null;
  migrations: {
    applied: number;
    latest: string | null;
    latestAt: string | null;
    pending: string[];
  };
}

// Jobs ------------------------------------------------------------------------------------------
/** `cursor` is the last row of the page before: when it failed, and its id. */
export const ListFailedJobs = z.object({
  cursor: z
    .string()
    .regex(/^[-0-9:. +TZ]{10,40}\|[0-9a-f-]{36}$/)
    .optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListFailedJobs = z.input<typeof ListFailedJobs>;

export const JobInput = z.object({ jobId: OutboxId });
export type JobInput = z.input<typeof JobInput>;

export interface QueueReading {
  queue: QueueName;
  /** Planned for later, retries among them. */
  scheduled: number;
  /** Due and not yet handed to the queue. */
  pending: number;
  waiting: number;
  running: number;
  failed: number;
  doneLastHour: number;
}

export interface FailedJob {
  jobId: OutboxId;
  jobName: string;
  queue: QueueName;
  /** Ids only, by the rule that payloads hold nothing else. */
  payload?: unknown;
  attempts: number;
  error: string | null;
  requestId: string | null;
  createdAt: string;
  failedAt: string;
}

/** A job that has not finished. */
export interface OpenJob {
  jobId: OutboxId;
  jobName: string;
  queue: QueueName;
  state: 'scheduled' | 'pending' | 'waiting' | 'running';
  attempts: number;
  /** What the last attempt failed with; null before the first failure. */
  error: string | null;
  runAt: string;
  createdAt: string;
}

export interface OutboxReading {
  /** Due and not yet handed to the queue. */
  pending: number;
  /** Age of the oldest of them. */
  lagMs: number;
  scheduled: number;
  doneLastHour: number;
  failedLastHour: number;
  /** The oldest open jobs, at most 100. */
  oldest: OpenJob[];
}

export interface ScheduleReading {
  jobName: string;
  pattern: string | null;
  everyMs: number | null;
  tz: string;
  nextAt: string | null;
  /** Null before its first run. */
  last: {
    state: 'running' | 'done' | 'failed' | 'cancelled';
    at: string;
    tookMs: number | null;
  } | null;
}

// Mail ------------------------------------------------------------------------------------------
export const mailIdPattern = /^[0-9a-z-]{1,64}$/;
export const ListMails = z.object({
  search,
  cursor: z.string().regex(mailIdPattern).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListMails = z.input<typeof ListMails>;

export const MailInput = z.object({ mailId: z.string().regex(mailIdPattern) });
export type MailInput = z.input<typeof MailInput>;

export interface MailSummary {
  mailId: string;
  from: string;
  to: string[];
  subject: string;
  receivedAt: string;
  sizeBytes: number;
}

/** `relay`: mail leaves through a real relay, so there is nothing to show. */
export type MailPage =
  | { kind: 'relay' }
  | { kind: 'caught'; items: MailSummary[]; total: number; nextCursor: string | null };

export interface MailDetail {
  mailId: string;
  from: string;
  to: string[];
  subject: string;
  date: string | null;
  text: string;
  html: string;
  headers: { key: string; value: string }[];
  attachments: { name: string; mimeType: string }[];
}

// Organizations ---------------------------------------------------------------------------------
export const ListOrganizations = z.object({ search, tier: z.enum(tiers).optional(), ...listPage });
export type ListOrganizations = z.input<typeof ListOrganizations>;

export const ListOrganizationMembers = z.object({ orgId: OrgId });
export type ListOrganizationMembers = z.input<typeof ListOrganizationMembers>;

export const UpdateOrganizationTier = z.object({
  orgId: OrgId,
  tier: z.enum(tiers),
  version: z.int().min(1),
});
export type UpdateOrganizationTier = z.input<typeof UpdateOrganizationTier>;

/** A planner company, with what it uses of its plan; a limit of null means without limit. */
export interface OrganizationSummary {
  orgId: OrgId;
  name: string;
  tier: Tier;
  version: number;
  createdAt: string;
  members: number;
  membersMax: number | null;
  weddings: number;
  weddingsMax: number | null;
  /** Guests of its largest wedding. */
  guestsMost: number;
  guestsPerWeddingMax: number | null;
}

export interface OrganizationMember {
  userId: UserId;
  name: string;
  email: string;
  role: OrgRole;
  isDisabled: boolean;
  joinedAt: string;
}

// Users -----------------------------------------------------------------------------------------
export const userKinds = ['all', 'operators', 'disabled'] as const;
export type UserKind = (typeof userKinds)[number];

export const ListUsers = z.object({ search, kind: z.enum(userKinds).default('all'), ...listPage });
export type ListUsers = z.input<typeof ListUsers>;

export const UserInput = z.object({ userId: UserId });
export type UserInput = z.input<typeof UserInput>;

export const UpdateUserDisabled = z.object({ userId: UserId, disabled: z.boolean() });
export type UpdateUserDisabled = z.input<typeof UpdateUserDisabled>;

export const UpdateUserOperator = z.object({ userId: UserId, operator: z.boolean() });
export type UpdateUserOperator = z.input<typeof UpdateUserOperator>;

export interface UserSummary {
  userId: UserId;
  name: string;
  email: string;
  emailVerified: boolean;
  isOperator: boolean;
  secondFactors: ('authenticator' | 'passkey')[];
  disabledAt: string | null;
  createdAt: string;
  openSessions: number;
  lastSeenAt: string | null;
  organizations: { name: string; role: OrgRole }[];
}

// Operators' audit ------------------------------------------------------------------------------
/** Everything an operator can do that leaves a trace. */
export const operatorActions = [
  'integrity.check',
  'integrity.accept',
  'jobs.retry',
  'jobs.cancel',
  'keys.rotate',
  'mail.clear',
  'organizations.update-tier',
  'seating.refresh-views',
  'sending.update-rate',
  'sms.assign-number',
  'sms.update-prices',
  'texts.clear',
  'texts.reply',
  'users.disable',
  'users.enable',
  'users.grant-operator',
  'users.revoke-operator',
  'users.end-sessions',
] as const;
export type OperatorAction = (typeof operatorActions)[number];

export const ListOperatorActions = z.object({ search, ...listPage });
export type ListOperatorActions = z.input<typeof ListOperatorActions>;

export interface OperatorActionEntry {
  id: string;
  at: string;
  operatorId: UserId;
  operatorName: string;
  action: OperatorAction;
  entity: string;
  entityId: string | null;
  /** Name of the user or company today; null where it has none. */
  subject: string | null;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
  requestId: string;
}

// Jobs of this room -----------------------------------------------------------------------------
/** Deletes the heartbeats of processes that have been gone for a week. */
export const sweepHeartbeats = defineJob({
  name: 'monitoring.sweep-heartbeats',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  schedule: { everyMs: 3_600_000 },
});
