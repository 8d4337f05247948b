import { z } from 'zod';
import { textLine } from './guest-fields.ts';
import { GuestId, type OrgId, type UserId, WeddingId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

// Consents ---------------------------------------------------------------------------------------

/** E-mail is opt-out: no row is needed. Text messages are opt-in: without a `granted` none is sent. */
export const consentChannels = ['email', 'sms', 'notice'] as const;
export const ConsentChannel = z.enum(consentChannels);
export type ConsentChannel = z.infer<typeof ConsentChannel>;

/** The same words as a message's purpose: the couple's own news, or somebody's advertising. */
export const consentPurposes = ['relationship', 'commercial'] as const;
export const ConsentPurpose = z.enum(consentPurposes);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

export const consentStatuses = ['granted', 'withdrawn'] as const;
export const ConsentStatus = z.enum(consentStatuses);
export type ConsentStatus = z.infer<typeof ConsentStatus>;

/** How it was said. `form`: on the answer page; `link`: unsubscribe link or preference page. */
export const consentWays = ['form', 'link', 'sms', 'email', 'paper', 'verbal', 'import'] as const;
export const ConsentWay = z.enum(consentWays);
export type ConsentWay = z.infer<typeof ConsentWay>;

/** The ways that a planner may write down; the others are recorded where they happen. */
export const plannerConsentWays = ['paper', 'verbal', 'import'] as const;

export interface ConsentRecord {
  id: string;
  guestId: GuestId;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  status: ConsentStatus;
  how: ConsentWay;
  /** Which wording the person saw, e.g. `sms-2026-11`; null where nothing was shown. */
  textVersion: string | null;
  /** SHA-256 of that wording in the language it was shown in, hexadecimal. */
  textHash: string | null;
  /** What proves it: id of an inbound text, of a delivery, or a note such as `signed form, folder 3`. */
  proof: string | null;
  recordedByKind: 'user' | 'guest_link' | 'operator' | 'system';
  recordedBy: UserId | null;
  recordedByName: string | null;
  at: string;
}
export type ConsentState = Pick<ConsentRecord, 'channel' | 'purpose' | 'status' | 'how' | 'at'>;

/** Answers `GuestConsents`. */
export const ListConsents = z.object({ guestId: GuestId });
export type ListConsents = z.input<typeof ListConsents>;
export interface GuestConsents {
  /** What holds now; a channel without an entry was never asked about. */
  states: ConsentState[];
  /** Every entry of the ledger, newest first; nothing in it ever changes. */
  records: ConsentRecord[];
}

/** A planner writes down what a guest said. Answers the `ConsentState` that now holds. */
export const RecordConsent = z.object({
  guestId: GuestId,
  channel: ConsentChannel,
  purpose: ConsentPurpose.default('relationship'),
  status: ConsentStatus,
  how: z.enum(plannerConsentWays),
  textVersion: textLine(60).nullable().default(null),
  proof: textLine(200).nullable().default(null),
  /** When it was said, if not now. */
  at: Instant.optional(),
});
export type RecordConsent = z.input<typeof RecordConsent>;

/** A wording that asks for consent, as it is shown. Answers of `listConsentTexts`. */
export interface ConsentText {
  version: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  /** BCP 47. */
  language: string;
  text: string;
  /** SHA-256 of `text` in UTF-8, hexadecimal. */
  hash: string;
}

// Rights of a guest ------------------------------------------------------------------------------

/**
 * Article 17 GDPR, for good: the guest's key is destroyed, name, contacts, notes, diets and answers
 * to questions go; yes and no to events stay as numbers. Answers `{ erasedAt }`. Erasing an erased
 * guest again changes nothing.
 */
export const EraseGuest = z.object({ guestId: GuestId });
export type EraseGuest = z.input<typeof EraseGuest>;

/** Articles 15 and 20 GDPR. Answers `GuestDataFile`. */
export const ExportGuestData = z.object({ guestId: GuestId });
export type ExportGuestData = z.input<typeof ExportGuestData>;
export interface GuestDataFile {
  fileName: string;
  /** A zip of JSON (everything) and CSV (one file per kind), base64. */
  content: string;
}

// Retention --------------------------------------------------------------------------------------

/** Months after the wedding day; null keeps until somebody erases. */
export const contactsKeptMonthsRange = { min: 1, max: 120, default: 24 } as const;
export interface RetentionPolicy {
  contactsKeptMonths: number | null;
  version: number;
}
/** Owners only. Answers the `RetentionPolicy`. */
export const UpdateRetentionPolicy = z.object({
  contactsKeptMonths: z
    .int()
    .min(contactsKeptMonthsRange.min)
    .max(contactsKeptMonthsRange.max)
    .nullable(),
  version: z.int().min(0),
});
export type UpdateRetentionPolicy = z.input<typeof UpdateRetentionPolicy>;

/** Messages, deliveries and what came back about them are dropped by the month, this long after it. */
export const messageLedgerKeptMonths = 60;

/** What is deleted by itself and when, for the compliance page. */
export interface RetentionRule {
  what: string;
  keptDays: number | null;
  /** Counted from: removal, the last change, the wedding day … */
  since: string;
}

// Compliance -------------------------------------------------------------------------------------

export interface ConsentCount {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  granted: number;
  withdrawn: number;
}
/** One wedding in numbers, for the compliance page. */
export interface ComplianceSummary {
  guests: number;
  withEmail: number;
  withPhone: number;
  erased: number;
  suppressed: { channel: string; reason: string; count: number }[];
  consents: ConsentCount[];
  /** Exports and erasures of the last year. */
  requests: { exports: number; erasures: number };
  retention: { policy: RetentionPolicy; rules: RetentionRule[]; contactsEndOn: string | null };
  encryption: { activeKeySince: string | null; guestsUnderOlderKeys: number };
}
/** The same for every wedding of an organization. */
export interface ComplianceReport {
  orgId: OrgId;
  at: string;
  weddings: (Omit<ComplianceSummary, 'retention'> & {
    weddingId: WeddingId;
    title: string;
    date: string | null;
    contactsEndOn: string | null;
  })[];
}

// Keys (operators) -------------------------------------------------------------------------------

export const keyTiers = ['data', 'backup', 'transport'] as const;
export type KeyTier = (typeof keyTiers)[number];
export const keyStates = ['active', 'retiring', 'destroyed'] as const;
export type KeyState = (typeof keyStates)[number];

export interface EncryptionKeyRow {
  id: string;
  tier: KeyTier;
  /** null: the tier's own key, which wraps the weddings' keys. */
  weddingId: WeddingId | null;
  purpose: 'wrap' | 'hash';
  state: KeyState;
  createdAt: string;
  retiredAt: string | null;
  destroyedAt: string | null;
  /** Keys that are still wrapped under this one. */
  wraps: number;
}
/** Answers `Page<EncryptionKeyRow>`, tiers first, then the oldest. */
export const ListKeys = z.object({
  ...pageInput,
  cursor: z.uuid().optional(),
  weddingId: WeddingId.optional(),
  state: z.enum(keyStates).optional(),
});
export type ListKeys = z.input<typeof ListKeys>;

/** A wedding whose data key is being replaced. Answers of `listKeyRotations`. */
export interface KeyRotation {
  weddingId: WeddingId;
  title: string;
  /** `waiting`: asked for, not begun. `running` stays for some seconds of grace at `done` = `total`. */
  state: 'waiting' | 'running';
  startedAt: string | null;
  /** Keys of guests and households that are under the new key. */
  done: number;
  total: number;
}

/** One wedding's data key, or those of every wedding. Answers `{ started }` = weddings. */
export const RotateKeys = z.object({ weddingId: WeddingId.nullable() });
export type RotateKeys = z.input<typeof RotateKeys>;

// Jobs -------------------------------------------------------------------------------------------

/** Wraps the guests' keys of one wedding anew, then destroys the retired key. Resumable. */
export const rotateDataKeys = defineJob({
  name: 'privacy.rotate-data-keys',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1), weddingId: WeddingId }),
  attempts: 20,
  timeoutMs: 3_600_000,
});

/** Deletes what is kept no longer. */
export const removeExpiredData = defineJob({
  name: 'privacy.remove-expired-data',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  timeoutMs: 1_800_000,
  schedule: { pattern: '10 4 * * *', tz: 'UTC' },
});
