import { DomainError } from '@wedsync/contracts/errors';
import type { Answer } from '@wedsync/contracts/guest-fields';
import type { EventId, GuestId, QuestionId } from '@wedsync/contracts/ids';
import type { RsvpForm, RsvpGuest, RsvpQuestion, SubmitRsvp } from '@wedsync/contracts/rsvp';
import { changedFields } from '@wedsync/service/changed-fields';
import { notFound } from '@wedsync/service/stale';
import type { z } from 'zod';

type Submission = z.output<typeof SubmitRsvp>;
type GuestInput = Submission['guests'][number];
type QuestionInput = Submission['questions'][number];
export type RsvpGuestFields = Partial<Omit<RsvpGuest, 'id' | 'answers' | 'plusOneOf' | 'title'>>;

export interface AnswerChange {
  guestId: GuestId;
  eventId: EventId;
  from: Answer | null;
  to: Answer;
}
export interface QuestionChange {
  questionId: QuestionId;
  guestId: GuestId | null;
  from: string[];
  /** Empty = the answer is taken back. */
  to: string[];
}
/** What a submission would change; all empty when it was sent before. */
export interface RsvpChanges {
  guests: { guestId: GuestId; before: RsvpGuestFields; after: RsvpGuestFields }[];
  answers: AnswerChange[];
  questions: QuestionChange[];
}

const refuse = (code: string, message: string, details = {}) =>
  new DomainError('invalid', `guests.${code}`, message, details);

function guestChange(guest: RsvpGuest, input: GuestInput): RsvpChanges['guests'] {
  const { guestId, answers: _, ...given } = input;
  const fields: RsvpGuestFields = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const changed = changedFields<RsvpGuestFields>(guest, fields);
  if (!changed) return [];
  if (!guest.plusOneOf && ('firstName' in changed.after || 'lastName' in changed.after)) {
    throw refuse(
      'name-fixed',
      'The name of an invited guest can only be changed by the couple. Write to them if it is wrong.',
    );
  }
  return [{ guestId, ...changed }];
}

function answerChanges(guest: RsvpGuest, input: GuestInput): AnswerChange[] {
  const invited = new Map(guest.answers.map(({ eventId, answer }) => [eventId, answer]));
  const wanted = new Map(input.answers.map(({ eventId, answer }) => [eventId, answer]));
  return [...wanted].flatMap(([eventId, to]) => {
    const from = invited.get(eventId);
    if (from === undefined) {
      throw refuse('not-invited', 'There is an answer for an event this guest is not invited to.');
    }
    return from === to ? [] : [{ guestId: guest.id, eventId, from, to }];
  });
}

function requireValueFits({ kind, options, prompt }: RsvpQuestion, value: string[]): void {
  const [first = ''] = value;
  const fits = {
    text: value.length === 1,
    number: value.length === 1 && /^\d{1,6}$/.test(first),
    yes_no: value.length === 1 && (first === 'yes' || first === 'no'),
    choice: value.length === 1 && options.includes(first),
    choices: new Set(value).size === value.length && value.every((one) => options.includes(one)),
  }[kind];
  if (fits) return;
  throw refuse(
    'question-value',
    `The answer to “${prompt}” does not fit. Choose or write it again.`,
  );
}

function questionChange(form: RsvpForm, input: QuestionInput): QuestionChange[] {
  const question = form.questions.find(({ id }) => id === input.questionId);
  if (!question) throw notFound('question');
  const { guestId } = input;
  const isAsked =
    guestId === null ? question.guestIds === null : question.guestIds?.includes(guestId);
  if (!isAsked) throw refuse('not-asked', `“${question.prompt}” is not asked of this guest.`);
  const to = input.value.filter((value) => value !== '');
  const from = question.answers.find((answer) => answer.guestId === guestId)?.value ?? [];
  if (to.length > 0) requireValueFits(question, to);
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ questionId: question.id, guestId, from, to }];
}

/**
 * Compares a submission with the form as it is. Pure.
 * @throws DomainError `not-found` for foreign guests and questions, `invalid` for what does not fit
 */
export function compareRsvp(form: RsvpForm, input: Submission): RsvpChanges {
  const changes: RsvpChanges = { guests: [], answers: [], questions: [] };
  for (const guestInput of new Map(input.guests.map((guest) => [guest.guestId, guest])).values()) {
    const guest = form.guests.find(({ id }) => id === guestInput.guestId);
    if (!guest) throw notFound('guest');
    changes.guests.push(...guestChange(guest, guestInput));
    changes.answers.push(...answerChanges(guest, guestInput));
  }
  const byPlace = new Map(input.questions.map((one) => [`${one.questionId} ${one.guestId}`, one]));
  for (const questionInput of byPlace.values()) {
    changes.questions.push(...questionChange(form, questionInput));
  }
  return changes;
}

/** Who comes, after the changes: the guests with a yes to the event, or to any for `null`. */
function coming(form: RsvpForm, changes: RsvpChanges, event: EventId | null): GuestId[] {
  const changed = new Map(changes.answers.map((one) => [`${one.guestId} ${one.eventId}`, one.to]));
  return form.guests
    .filter(({ id, answers }) =>
      answers.some(
        ({ eventId, answer }) =>
          (event === null || eventId === event) &&
          (changed.get(`${id} ${eventId}`) ?? answer) === 'yes',
      ),
    )
    .map(({ id }) => id);
}

/**
 * Refuses a submission that leaves a required question open for somebody who comes.
 * @throws DomainError `invalid` `guests.answer-required`, `details.missing: {questionId, guestId}[]`
 */
export function requireCompleteAnswers(form: RsvpForm, changes: RsvpChanges): void {
  const changed = new Map(
    changes.questions.map((one) => [`${one.questionId} ${one.guestId}`, one.to.length > 0]),
  );
  const missing = form.questions
    .filter((question) => question.required)
    .flatMap((question) => {
      const present = coming(form, changes, question.eventId);
      const places: (GuestId | null)[] =
        question.guestIds?.filter((id) => present.includes(id)) ??
        (present.length > 0 ? [null] : []);
      return places
        .filter((guestId) => {
          const stored = question.answers.some((answer) => answer.guestId === guestId);
          return !(changed.get(`${question.id} ${guestId}`) ?? stored);
        })
        .map((guestId) => ({ questionId: question.id, guestId, prompt: question.prompt }));
    });
  const [first] = missing;
  if (!first) return;
  throw refuse('answer-required', `Please answer “${first.prompt}” for everybody who comes.`, {
    missing: missing.map(({ questionId, guestId }) => ({ questionId, guestId })),
  });
}
