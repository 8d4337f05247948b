import { z } from 'zod';

/**
 * Ids are UUIDv7 made by the application (RFC 9562): unique without a round trip and ordered by
 * time, so that B-tree inserts stay at the right edge. Each kind is branded; a bare string is none.
 */
const uuid = () => z.uuid();

export const OrgId = uuid().brand<'OrgId'>();
export type OrgId = z.infer<typeof OrgId>;
export const UserId = uuid().brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;
export const WeddingId = uuid().brand<'WeddingId'>();
export type WeddingId = z.infer<typeof WeddingId>;
export const EventId = uuid().brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;
export const HouseholdId = uuid().brand<'HouseholdId'>();
export type HouseholdId = z.infer<typeof HouseholdId>;
export const GuestId = uuid().brand<'GuestId'>();
export type GuestId = z.infer<typeof GuestId>;
export const QuestionId = uuid().brand<'QuestionId'>();
export type QuestionId = z.infer<typeof QuestionId>;
export const ImportId = uuid().brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;
export const TemplateId = uuid().brand<'TemplateId'>();
export type TemplateId = z.infer<typeof TemplateId>;
export const MessageId = uuid().brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;
export const DeliveryId = uuid().brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof DeliveryId>;
export const ReminderRuleId = uuid().brand<'ReminderRuleId'>();
export type ReminderRuleId = z.infer<typeof ReminderRuleId>;
export const InboundTextId = uuid().brand<'InboundTextId'>();
export type InboundTextId = z.infer<typeof InboundTextId>;
export const SeatingLayoutId = uuid().brand<'SeatingLayoutId'>();
export type SeatingLayoutId = z.infer<typeof SeatingLayoutId>;
export const SeatingFixtureId = uuid().brand<'SeatingFixtureId'>();
export type SeatingFixtureId = z.infer<typeof SeatingFixtureId>;
export const SeatingTableId = uuid().brand<'SeatingTableId'>();
export type SeatingTableId = z.infer<typeof SeatingTableId>;
export const SeatId = uuid().brand<'SeatId'>();
export type SeatId = z.infer<typeof SeatId>;
export const SeatingRelationshipId = uuid().brand<'SeatingRelationshipId'>();
export type SeatingRelationshipId = z.infer<typeof SeatingRelationshipId>;
export const SeatingRunId = uuid().brand<'SeatingRunId'>();
export type SeatingRunId = z.infer<typeof SeatingRunId>;
export const SeatingVersionId = uuid().brand<'SeatingVersionId'>();
export type SeatingVersionId = z.infer<typeof SeatingVersionId>;
export const MemberInvitationId = uuid().brand<'MemberInvitationId'>();
export type MemberInvitationId = z.infer<typeof MemberInvitationId>;
export const OutboxId = uuid().brand<'OutboxId'>();
export type OutboxId = z.infer<typeof OutboxId>;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
function hexOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let index = from; index < to; index++) text += hex[bytes[index] ?? 0];
  return text;
}

// The system's random source costs more than the rest of an id: it is asked for many at a time.
const pool = new Uint8Array(16 * 256);
let drawn = pool.length;

function randomBytes(): Uint8Array {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const bytes = pool.slice(drawn, drawn + 16);
  drawn += 16;
  return bytes;
}

/** A new UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, 74 random bits. */
export function newUuid(nowMs: number = Date.now()): string {
  const bytes = randomBytes();
  for (let index = 0; index < 6; index++) {
    bytes[index] = Math.floor(nowMs / 2 ** (8 * (5 - index))) & 0xff;
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return [
    hexOf(bytes, 0, 4),
    hexOf(bytes, 4, 6),
    hexOf(bytes, 6, 8),
    hexOf(bytes, 8, 10),
    hexOf(bytes, 10, 16),
  ].join('-');
}

/** A new id of the given kind, e.g. `newId(GuestId)`. */
export function newId<S extends z.ZodType>(schema: S): z.output<S> {
  return schema.parse(newUuid());
}
