import { createHash } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import type { AccessibilityNeed, Answer, TagId } from '@wedsync/contracts/guest-fields';
import type { AgeGroup, Diet } from '@wedsync/contracts/guest-import';
import type { EventId, GuestId, HouseholdId, QuestionId, WeddingId } from '@wedsync/contracts/ids';
import type {
  Question,
  RsvpEvent,
  RsvpForm,
  RsvpGuest,
  RsvpQuestion,
} from '@wedsync/contracts/rsvp';
import type { Tx } from '@wedsync/db/client';
import { type Clock, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { endOfDay } from '../rsvp-deadline.ts';
import { readQuestions } from '../update-question.ts';

export interface HouseholdKey {
  weddingId: WeddingId;
  householdId: HouseholdId;
}

type WeddingRecord = {
  title: string;
  partnerA: string;
  partnerB: string;
  date: string | null;
  timeZone: string;
  locale: string;
  deadline: string | null;
  household: string;
};
type GuestRecord = {
  id: GuestId;
  title: string;
  firstName: string;
  lastName: string;
  plusOneOf: GuestId | null;
  ageGroup: AgeGroup;
  diets: Diet[];
  dietNotes: string;
  accessibility: AccessibilityNeed[];
  accessibilityNotes: string;
  answers: { eventId: EventId; answer: Answer | null }[] | null;
  tagIds: TagId[] | null;
};
type EventRecord = Pick<RsvpEvent, keyof RsvpEvent>;
type AnswerRecord = { questionId: QuestionId; guestId: GuestId | null; value: string[] };

/** The household behind the link that asks. */
export function householdOf(ctx: ServiceContext): HouseholdKey {
  if (ctx.actor.kind === 'guest_link') {
    return { weddingId: requireWedding(ctx), householdId: ctx.actor.householdId };
  }
  throw new DomainError(
    'forbidden',
    'guests.link-only',
    'This page opens through the personal link of a household only.',
  );
}

const readWedding = (tx: Tx, key: HouseholdKey) =>
  tx.execute<WeddingRecord>(sql`
    select w.title, w.partner_a_name as "partnerA", w.partner_b_name as "partnerB",
      w.date::text as date, w.time_zone as "timeZone", w.locale,
      w.rsvp_deadline::text as deadline, h.name as household
    from wedding.households h join wedding.weddings w on w.id = h.wedding_id
    where h.wedding_id = ${key.weddingId} and h.id = ${key.householdId} and h.removed_at is null`);

const readGuests = (tx: Tx, key: HouseholdKey) =>
  tx.execute<GuestRecord>(sql`
    select g.id, g.title, g.first_name as "firstName", g.last_name as "lastName",
      g.plus_one_of as "plusOneOf", g.age_group as "ageGroup", g.diets,
      g.diet_notes as "dietNotes", to_jsonb(g.accessibility) as accessibility,
      g.accessibility_notes as "accessibilityNotes",
      (select jsonb_agg(jsonb_build_object('eventId', i.event_id, 'answer', i.answer)
          order by e.position)
        from wedding.invitations i
        join wedding.events e on e.wedding_id = i.wedding_id and e.id = i.event_id
        where i.wedding_id = g.wedding_id and i.guest_id = g.id) as answers,
      (select jsonb_agg(t.tag_id) from wedding.guest_tags t
        where t.wedding_id = g.wedding_id and t.guest_id = g.id) as "tagIds"
    from wedding.guests g
    where g.wedding_id = ${key.weddingId} and g.household_id = ${key.householdId}
      and g.removed_at is null
    order by coalesce(g.plus_one_of, g.id), g.plus_one_of is not null, g.id`);

const readEvents = (tx: Tx, key: HouseholdKey) =>
  tx.execute<EventRecord>(sql`
    select e.id, e.name, e.kind, e.starts_on::text as "startsOn",
      to_char(e.starts_at, 'HH24:MI') as "startsAt", to_char(e.ends_at, 'HH24:MI') as "endsAt",
      e.venue, e.address
    from wedding.events e
    where e.wedding_id = ${key.weddingId} and exists (
      select from wedding.invitations i
      join wedding.guests g on g.wedding_id = i.wedding_id and g.id = i.guest_id
      where i.wedding_id = e.wedding_id and i.event_id = e.id
        and g.household_id = ${key.householdId} and g.removed_at is null)
    order by e.position`);

const readAnswers = (tx: Tx, key: HouseholdKey) =>
  tx.execute<AnswerRecord>(sql`
    select question_id as "questionId", guest_id as "guestId", to_jsonb(value) as value
    from wedding.question_answers
    where wedding_id = ${key.weddingId} and household_id = ${key.householdId}
    order by guest_id nulls first`);

/** Whom a question is asked of: those invited to its event (or any) who carry its tag (or none is set). */
const asked = (question: Question, guests: readonly GuestRecord[]) =>
  guests
    .filter(({ answers, tagIds }) => {
      const invited = (answers ?? []).some(
        ({ eventId }) => question.eventId === null || eventId === question.eventId,
      );
      return invited && (question.tagId === null || (tagIds ?? []).includes(question.tagId));
    })
    .map((guest) => guest.id);

function toQuestions(
  questions: readonly Question[],
  guests: readonly GuestRecord[],
  answers: readonly AnswerRecord[],
): RsvpQuestion[] {
  return questions.flatMap((question) => {
    const guestIds = asked(question, guests);
    if (guestIds.length === 0) return [];
    const { id, prompt, kind, options, required, eventId } = question;
    const ofHousehold = question.appliesTo === 'household';
    return {
      id,
      prompt,
      kind,
      options,
      required,
      eventId,
      guestIds: ofHousehold ? null : guestIds,
      answers: answers
        .filter((answer) => answer.questionId === id && (answer.guestId === null) === ofHousehold)
        .map(({ guestId, value }) => ({ guestId, value })),
    };
  });
}

const toGuest = ({ tagIds: _, answers, ...guest }: GuestRecord): RsvpGuest => ({
  ...guest,
  answers: answers ?? [],
});

/** Stands for everything that a submission could overwrite or be made wrong by. */
const revisionOf = (state: Pick<RsvpForm, 'guests' | 'questions'>): string =>
  createHash('sha256')
    .update(JSON.stringify([state.guests, state.questions]))
    .digest('base64url');

/**
 * The form as it stands in this transaction. The statements travel together.
 * @throws DomainError `not-found` for a household that was removed
 */
export async function readRsvpForm(tx: Tx, key: HouseholdKey, clock: Clock): Promise<RsvpForm> {
  const [[wedding], guests, events, questions, answers] = await Promise.all([
    readWedding(tx, key),
    readGuests(tx, key),
    readEvents(tx, key),
    readQuestions(tx, key.weddingId),
    readAnswers(tx, key),
  ]);
  if (!wedding) throw notFound('invitation');
  const { household, deadline, ...about } = wedding;
  const closesAt = deadline === null ? null : endOfDay(deadline, wedding.timeZone);
  const state = {
    guests: guests.map(toGuest),
    questions: toQuestions(questions, guests, answers),
  };
  return {
    wedding: about,
    household,
    deadline,
    closesAt: closesAt?.toISOString() ?? null,
    open: closesAt === null || clock.now() < closesAt,
    events: [...events],
    ...state,
    revision: revisionOf(state),
  };
}

/**
 * What the page behind a household's link shows. Changes nothing, however often it is opened.
 * @throws DomainError `forbidden` without a link, `not-found`
 */
export async function getRsvpForm(ctx: ServiceContext): Promise<RsvpForm> {
  requirePermission(ctx, 'guests.read', { allow: ['guest_link'] });
  const key = householdOf(ctx);
  return readTx(ctx, (tx) => readRsvpForm(tx, key, ctx.clock));
}
