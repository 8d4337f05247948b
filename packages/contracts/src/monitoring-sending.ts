import { z } from 'zod';

/** The circuit breaker of one provider. While it is open nobody is tried and no attempt is counted. */
export interface ProviderReading {
  provider: string;
  isOpen: boolean;
  openUntil: string | null;
  /** Why it was opened last; null since something was accepted. */
  reason: string | null;
  /** How often in a row it was opened without anything being accepted between. */
  failures: number;
  updatedAt: string;
}

/** How fast messages may leave. A scope without a rate is not limited. */
export interface SendRate {
  /** `provider:<name>` or `org:<uuid>`. */
  scope: string;
  /** Of the provider or the company. */
  name: string;
  perSecond: number;
  /** How many may leave at once after a pause. */
  burst: number;
  /** Messages that have a place reserved in the future, as milliseconds until the last of them. */
  reservedMs: number;
  updatedAt: string;
}

/** One monthly partition of the message tables; sizes as PostgreSQL last estimated them. */
export interface MessagePartition {
  /** The table without its schema, such as `deliveries`. */
  parent: string;
  /** `2026-11`; null for the default partition, which must stay empty. */
  month: string | null;
  rowsEstimated: number;
  sizeBytes: number;
}

/** How mail and texts leave, over the whole installation. */
export interface SendingReading {
  providers: ProviderReading[];
  rates: SendRate[];
  partitions: MessagePartition[];
}

/** Sets how fast a scope may send; `perSecond` null lifts the limit. Answers `{ scope }`. */
export const UpdateSendRate = z.object({
  scope: z.string().regex(/^(provider:[a-z0-9_.-]{1,60}|org:[0-9a-f-]{36})$/, {
    error: 'Name a provider or a company.',
  }),
  perSecond: z.number().min(0.01).max(100_000).nullable(),
  burst: z.int().min(1).max(10_000).default(1),
});
export type UpdateSendRate = z.input<typeof UpdateSendRate>;
