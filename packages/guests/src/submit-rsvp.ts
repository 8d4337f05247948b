import { DomainError } from '@wedsync/contracts/errors';
import { newUuid } from '@wedsync/contracts/ids';
import { type RsvpForm, SubmitRsvp } from '@wedsync/contracts/rsvp';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { type AuditEntry, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { type HouseholdKey, householdOf, readRsvpForm } from './queries/get-rsvp-form.ts';
import { compareRsvp, type RsvpChanges, requireCompleteAnswers } from './rsvp-changes.ts';

interface Submitter extends HouseholdKey {
  at: string;
}

/** Two submissions, or a submission and a planner, wait for each other here. */
async function lockHousehold(tx: Tx, { weddingId, householdId }: HouseholdKey): Promise<void> {
  await tx.execute(sql`
    select from wedding.households
    where wedding_id = ${weddingId} and id = ${householdId} for no key update`);
  await tx.execute(sql`
    select from wedding.guests
    where wedding_id = ${weddingId} and household_id = ${householdId} and removed_at is null
    order by id for no key update`);
  await tx.execute(sql`
    select from wedding.invitations i
    where i.wedding_id = ${weddingId} and i.guest_id in (
      select id from wedding.guests
      where wedding_id = ${weddingId} and household_id = ${householdId} and removed_at is null)
    order by i.guest_id, i.event_id for update`);
}

async function writeGuests(tx: Tx, by: Submitter, changes: RsvpChanges['guests']): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ guestId, after }) => ({ id: guestId, ...after }));
  await tx.execute(sql`
    update wedding.guests g set
      first_name = coalesce(c."firstName", g.first_name),
      last_name = coalesce(c."lastName", g.last_name),
      diets = coalesce(c.diets, g.diets),
      diet_notes = coalesce(c."dietNotes", g.diet_notes),
      accessibility = coalesce(c.accessibility, g.accessibility),
      accessibility_notes = coalesce(c."accessibilityNotes", g.accessibility_notes)
    from jsonb_to_recordset(${jsonParameter(rows)}) as c (id uuid, "firstName" text, "lastName" text,
      diets jsonb, "dietNotes" text, accessibility text[], "accessibilityNotes" text)
    where g.wedding_id = ${by.weddingId} and g.id = c.id`);
}

async function writeAnswers(tx: Tx, by: Submitter, changes: RsvpChanges['answers']): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    update wedding.invitations i set answer = c."to", answered_at = ${by.at}::timestamptz,
      answered_by_kind = 'guest_link', answered_by = ${by.householdId}::uuid, via = 'link'
    from jsonb_to_recordset(${jsonParameter(changes)}) as c ("guestId" uuid, "eventId" uuid, "to" text)
    where i.wedding_id = ${by.weddingId} and i.guest_id = c."guestId" and i.event_id = c."eventId"`);
}

async function writeQuestions(
  tx: Tx,
  by: Submitter,
  changes: RsvpChanges['questions'],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({ ...change, id: newUuid() }));
  await tx.execute(sql`
    insert into wedding.question_answers (wedding_id, id, question_id, household_id, guest_id, value,
      answered_at, answered_by_kind, answered_by, via)
    select ${by.weddingId}::uuid, c.id, c."questionId", ${by.householdId}::uuid, c."guestId", c."to",
      ${by.at}::timestamptz, 'guest_link', ${by.householdId}::uuid, 'link'
    from jsonb_to_recordset(${jsonParameter(rows.filter((row) => row.to.length > 0))})
      as c (id uuid, "questionId" uuid, "guestId" uuid, "to" text[])
    on conflict on constraint question_answers_question_id_household_id_guest_id_uq
    do update set value = excluded.value, answered_at = excluded.answered_at,
      answered_by_kind = excluded.answered_by_kind, answered_by = excluded.answered_by,
      via = excluded.via`);
  await tx.execute(sql`
    delete from wedding.question_answers a
    using jsonb_to_recordset(${jsonParameter(rows.filter((row) => row.to.length === 0))})
      as c ("questionId" uuid, "guestId" uuid)
    where a.wedding_id = ${by.weddingId} and a.household_id = ${by.householdId}
      and a.question_id = c."questionId" and a.guest_id is not distinct from c."guestId"`);
}

/** One entry per thing that changed, filed under the guest where there is one. */
function auditEntries({ householdId }: HouseholdKey, changes: RsvpChanges): AuditEntry[] {
  const action = 'guests.submit-rsvp';
  const guest = { action, entity: 'guest' };
  return [
    ...changes.guests.map(({ guestId, before, after }) => ({
      ...guest,
      entityId: guestId,
      before,
      after,
    })),
    ...changes.answers.map(({ guestId, eventId, from, to }) => ({
      ...guest,
      entityId: guestId,
      before: { eventId, answer: from },
      after: { eventId, answer: to, via: 'link' },
    })),
    ...changes.questions.map(({ guestId, questionId, from, to }) => ({
      action,
      entity: guestId ? 'guest' : 'household',
      entityId: guestId ?? householdId,
      before: { questionId, value: from },
      after: { questionId, value: to },
    })),
  ];
}

function requireOpen(form: RsvpForm): void {
  if (form.open) return;
  throw new DomainError(
    'precondition',
    'guests.rsvp-closed',
    `Answers were asked for until ${form.deadline}. Please tell the couple directly.`,
    { deadline: form.deadline, closesAt: form.closesAt },
  );
}

function requireFresh(form: RsvpForm, revision: string): void {
  if (form.revision === revision) return;
  throw new DomainError(
    'conflict',
    'guests.rsvp-changed',
    'Somebody changed these answers since you opened the page. Look at them again and send yours once more.',
    { current: form },
  );
}

/**
 * Takes a household's answers: who comes to what, companions' names, diets, questions. Answers the
 * form as it then stands. Sending the same again is accepted and changes nothing.
 * @throws DomainError `precondition` `guests.rsvp-closed` after the last day in the wedding's zone,
 * `conflict` `guests.rsvp-changed` with the form in `details.current`, `invalid`, `not-found`
 */
export async function submitRsvp(ctx: ServiceContext, input: SubmitRsvp): Promise<RsvpForm> {
  const submission = parseInput(SubmitRsvp, input);
  requirePermission(ctx, 'guests.answer', { allow: ['guest_link'] });
  const key = householdOf(ctx);
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await lockHousehold(tx, key);
    const form = await readRsvpForm(tx, key, ctx.clock);
    const changes = compareRsvp(form, submission);
    const entries = auditEntries(key, changes);
    if (entries.length === 0) return form;
    requireOpen(form);
    requireFresh(form, submission.revision);
    requireCompleteAnswers(form, changes);
    const by = { ...key, at: ctx.clock.now().toISOString() };
    await writeGuests(tx, by, changes.guests);
    await writeAnswers(tx, by, changes.answers);
    await writeQuestions(tx, by, changes.questions);
    await auditAll(entries);
    await change({ entity: 'household', entityId: key.householdId, kind: 'updated' });
    await change({ entity: 'invitation', kind: 'bulk' });
    return readRsvpForm(tx, key, ctx.clock);
  });
}
