import { z } from 'zod';
import { deliveryReasons, deliveryStates } from './communications.ts';
import { messageChannels } from './communications-templates.ts';
import { WeddingId } from './ids.ts';

/** Every number is read from counts that are kept while deliveries change; nothing is estimated. */
const Counts = z.partialRecord(z.enum(deliveryStates), z.int());

export const ChannelStatistics = z.object({
  channel: z.enum(messageChannels),
  /** Deliveries by state; a state that does not occur is missing. */
  counts: Counts,
});
export type ChannelStatistics = z.infer<typeof ChannelStatistics>;

/** What became of all messages of a wedding. */
export const WeddingStatistics = z.object({
  /** Messages that were started. */
  messages: z.int(),
  channels: z.array(ChannelStatistics),
  /** Skips, failures and doubts by reason, the most frequent first. */
  reasons: z.array(z.object({ reason: z.enum(deliveryReasons), count: z.int() })),
});
export type WeddingStatistics = z.infer<typeof WeddingStatistics>;

/** What became of all messages of a planner company, wedding by wedding. */
export const OrganizationStatistics = z.object({
  channels: z.array(ChannelStatistics),
  weddings: z.array(
    z.object({ weddingId: WeddingId, title: z.string(), channels: z.array(ChannelStatistics) }),
  ),
});
export type OrganizationStatistics = z.infer<typeof OrganizationStatistics>;
