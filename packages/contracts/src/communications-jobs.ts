import { z } from 'zod';
import { LanguageTag, messageChannels } from './communications-templates.ts';
import { GuestId, InboundTextId, MessageId, UserId, WeddingId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';

const ofMessage = { v: jobVersion(1), weddingId: WeddingId, messageId: MessageId };
const ofShard = { ...ofMessage, channel: z.enum(messageChannels), shard: z.int().min(0) };

/** Freezes the audience of a queued message into deliveries and starts its shards. */
export const expandMessageJob = defineJob({
  name: 'communications.expand-message',
  queue: 'bulk',
  payload: z.object(ofMessage),
  attempts: 10,
  timeoutMs: 120_000,
});

/** Sends what is ready in one shard of a message. */
export const sendShardJob = defineJob({
  name: 'communications.send-shard',
  queue: 'bulk',
  payload: z.object(ofShard),
  attempts: 8,
  backoffMs: 2_000,
  timeoutMs: 300_000,
});

/** As `expandMessageJob`, for a message to single guests: it does not wait behind mailings. */
export const expandSingleJob = defineJob({
  name: 'communications.expand-single',
  queue: 'interactive',
  payload: z.object(ofMessage),
  attempts: 10,
  timeoutMs: 30_000,
});

/** As `sendShardJob`, for a message to single guests. */
export const sendSingleJob = defineJob({
  name: 'communications.send-single',
  queue: 'interactive',
  payload: z.object(ofShard),
  attempts: 8,
  backoffMs: 2_000,
  timeoutMs: 300_000,
});

/** Sends a message to the planner who wants to see it in an inbox. */
export const sendTestJob = defineJob({
  name: 'communications.send-test',
  queue: 'interactive',
  payload: z.object({
    ...ofMessage,
    userId: UserId,
    guestId: GuestId.nullable(),
    channel: z.enum(messageChannels).default('email'),
    language: LanguageTag.nullable().default(null),
  }),
});

/** Answers somebody who wrote STOP, START or HELP: once. */
export const answerTextJob = defineJob({
  name: 'communications.answer-text',
  queue: 'interactive',
  payload: z.object({ v: jobVersion(1), weddingId: WeddingId, inboundTextId: InboundTextId }),
  attempts: 8,
  timeoutMs: 30_000,
});

/** Returns expired leases and wakes what stands still, over all weddings. */
export const sweepDeliveriesJob = defineJob({
  name: 'communications.sweep-deliveries',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  attempts: 1,
  schedule: { everyMs: 5_000 },
});

/** Makes months of the ledger ahead, so that no message ever waits for one, and retires old ones. */
export const keepMessagePartitionsJob = defineJob({
  name: 'communications.keep-message-partitions',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  schedule: { everyMs: 24 * 3_600_000 },
});

/** Starts scheduled messages that are due, and holds those that are too late. */
export const startScheduledJob = defineJob({
  name: 'communications.start-scheduled',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  attempts: 1,
  schedule: { everyMs: 5_000 },
});

/** Works out again when the scheduled messages of a wedding leave, after its dates have changed. */
export const rescheduleMessagesJob = defineJob({
  name: 'communications.reschedule-messages',
  queue: 'interactive',
  payload: z.object({ v: jobVersion(1), weddingId: WeddingId }),
});

/** Writes the messages of reminder rules that have come due. */
export const sendRemindersJob = defineJob({
  name: 'communications.send-reminders',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  attempts: 1,
  schedule: { everyMs: 60_000 },
});

/** Looks at a message's links and at the DNS of its sender. */
export const checkMessageJob = defineJob({
  name: 'communications.check-message',
  queue: 'interactive',
  payload: z.object(ofMessage),
  attempts: 2,
  timeoutMs: 60_000,
});
