import { accessibilityNeeds, answers } from '@wedsync/contracts/guest-fields';
import { type Diet, dietCodes } from '@wedsync/contracts/guest-import';
import type { RsvpForm, RsvpGuest, RsvpQuestion, SubmitRsvp } from '@wedsync/contracts/rsvp';
import type { z } from 'zod';
import { questionName } from './rsvp-questions.ts';

type Submission = z.output<typeof SubmitRsvp>;
type GuestInput = Submission['guests'][number];
type QuestionInput = Submission['questions'][number];

/** Browsers send CRLF from text areas; what is stored has LF. */
const textOf = (fields: URLSearchParams, name: string) =>
  (fields.get(name) ?? '').replace(/\r\n?/g, '\n').trim();

/** Values of a list that occur in the field, in the list's order; anything else is not ours. */
const known = <T extends string>(all: readonly T[], given: readonly string[]): T[] =>
  all.filter((value) => given.includes(value));

function dietsOf(fields: URLSearchParams, guest: RsvpGuest): Diet[] {
  const allergies = known(dietCodes, fields.getAll(`allergy.${guest.id}`));
  const wishes = known(dietCodes, fields.getAll(`diet.${guest.id}`));
  const given: Diet[] = [
    ...allergies.map((code): Diet => ({ code, severity: 'allergy' })),
    // Who is allergic does not also merely prefer.
    ...wishes
      .filter((code) => !allergies.includes(code))
      .map((code): Diet => ({ code, severity: 'preference' })),
  ];
  // The same set in the stored order is no change.
  const signs = (diets: readonly Diet[]) =>
    diets
      .map(({ code, severity }) => `${severity} ${code}`)
      .sort()
      .join();
  return signs(given) === signs(guest.diets) ? guest.diets : given;
}

function answersOf(fields: URLSearchParams, guest: RsvpGuest): GuestInput['answers'] {
  const [all] = known(['yes', 'no'], [fields.get('all') ?? '']);
  return guest.answers.flatMap(({ eventId }) => {
    const [one] = known(answers, [fields.get(`answer.${guest.id}.${eventId}`) ?? '']);
    const answer = all ?? one;
    return answer ? [{ eventId, answer }] : [];
  });
}

function guestOf(fields: URLSearchParams, guest: RsvpGuest): GuestInput {
  const { id } = guest;
  const named = guest.plusOneOf !== null && fields.has(`first.${id}`);
  const comfort = fields.getAll('comfort').includes(id);
  return {
    guestId: id,
    answers: answersOf(fields, guest),
    ...(named
      ? { firstName: textOf(fields, `first.${id}`), lastName: textOf(fields, `last.${id}`) }
      : {}),
    ...(comfort
      ? {
          diets: dietsOf(fields, guest),
          dietNotes: textOf(fields, `dietNotes.${id}`),
          accessibility: known(accessibilityNeeds, fields.getAll(`access.${id}`)),
          accessibilityNotes: textOf(fields, `accessNotes.${id}`),
        }
      : {}),
  };
}

function questionsOf(fields: URLSearchParams, question: RsvpQuestion): QuestionInput[] {
  return (question.guestIds ?? [null]).map((guestId) => {
    const name = questionName(question.id, guestId);
    const given = fields.getAll(name).map((value) => value.replace(/\r\n?/g, '\n').trim());
    const value =
      question.kind === 'choices'
        ? known(question.options, given)
        : given.filter(Boolean).slice(0, 1);
    return { questionId: question.id, guestId, value };
  });
}

/**
 * Reads the posted form against the form that was asked: only guests, events and questions of this
 * household are looked for, whatever else was sent.
 */
export function readSubmission(form: RsvpForm, fields: URLSearchParams): Submission {
  return {
    revision: fields.get('revision') ?? '',
    guests: form.guests.map((guest) => guestOf(fields, guest)),
    questions: form.questions.flatMap((question) => questionsOf(fields, question)),
  };
}

/** The form as it would stand with what was typed, so that nothing is lost when it is shown again. */
export function withSubmission(form: RsvpForm, submission: Submission): RsvpForm {
  const typed = new Map(submission.guests.map((guest) => [guest.guestId, guest]));
  return {
    ...form,
    guests: form.guests.map((guest) => {
      const {
        answers: given = [],
        guestId: _,
        ...fields
      } = typed.get(guest.id) ?? { guestId: guest.id };
      const answered = new Map(given.map(({ eventId, answer }) => [eventId, answer]));
      const defined = Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined),
      );
      return {
        ...guest,
        ...defined,
        answers: guest.answers.map(({ eventId, answer }) => ({
          eventId,
          answer: answered.get(eventId) ?? answer,
        })),
      };
    }),
    questions: form.questions.map((question) => ({
      ...question,
      answers: submission.questions
        .filter(({ questionId }) => questionId === question.id)
        .map(({ guestId, value }) => ({ guestId, value })),
    })),
  };
}
