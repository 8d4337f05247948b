import { z } from 'zod';
import { AccessibilityNeed, Answer, TagId, textBlock, textLine, Version } from './guest-fields.ts';
import { type AgeGroup, Diet } from './guest-import.ts';
import { EventId, GuestId, QuestionId } from './ids.ts';

// Questions (planner) -----------------------------------------------------------------------------

export const questionKinds = ['text', 'choice', 'choices', 'yes_no', 'number'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  id: QuestionId;
  prompt: string;
  kind: QuestionKind;
  options: string[];
  appliesTo: 'guest' | 'household';
  /** Asked only of those who are invited to this event. */
  eventId: EventId | null;
  /** Asked only of those who carry this tag. */
  tagId: TagId | null;
  required: boolean;
  position: number;
  version: number;
}

const questionFields = {
  prompt: textLine(300).min(1, { error: 'Write the question.' }),
  kind: z.enum(questionKinds),
  options: z.array(textLine(120).min(1)).max(30),
  appliesTo: z.enum(['guest', 'household']),
  eventId: EventId.nullable(),
  tagId: TagId.nullable(),
  required: z.boolean(),
  position: z.int().min(0).max(10_000),
};
/** `choice` and `choices` need two different options or more, the other kinds none. */
export const CreateQuestion = z.object({
  ...questionFields,
  options: questionFields.options.default([]),
  appliesTo: questionFields.appliesTo.default('guest'),
  eventId: questionFields.eventId.default(null),
  tagId: questionFields.tagId.default(null),
  required: questionFields.required.default(false),
  position: questionFields.position.default(0),
});
export type CreateQuestion = z.input<typeof CreateQuestion>;
export const UpdateQuestion = z.object({
  questionId: QuestionId,
  version: Version,
  patch: z.object(questionFields).partial(),
});
export type UpdateQuestion = z.input<typeof UpdateQuestion>;
/** Removes the question and every answer to it. */
export const RemoveQuestion = z.object({ questionId: QuestionId });
export type RemoveQuestion = z.input<typeof RemoveQuestion>;

// The page behind a household's link ----------------------------------------------------------------

export interface RsvpEvent {
  id: EventId;
  name: string;
  kind: string;
  startsOn: string | null;
  startsAt: string | null;
  endsAt: string | null;
  venue: string;
  address: string;
}

export interface RsvpGuest {
  id: GuestId;
  title: string;
  firstName: string;
  lastName: string;
  /** A companion's place: the household may name it. */
  plusOneOf: GuestId | null;
  ageGroup: AgeGroup;
  diets: Diet[];
  dietNotes: string;
  accessibility: AccessibilityNeed[];
  accessibilityNotes: string;
  /** Only the events to which this guest is invited. */
  answers: { eventId: EventId; answer: Answer | null }[];
}

export interface RsvpQuestion {
  id: QuestionId;
  prompt: string;
  kind: QuestionKind;
  options: string[];
  required: boolean;
  /** Asked of those who come to this event; null = to any. */
  eventId: EventId | null;
  /** null: asked once of the household; else the guests it is asked of. */
  guestIds: GuestId[] | null;
  answers: { guestId: GuestId | null; value: string[] }[];
}

/** Everything the page shows. Reading it never changes anything. */
export interface RsvpForm {
  wedding: {
    title: string;
    partnerA: string;
    partnerB: string;
    date: string | null;
    timeZone: string;
    locale: string;
  };
  household: string;
  /** Last day for answers, in the wedding's zone. */
  deadline: string | null;
  /** The instant at which that day ends there. */
  closesAt: string | null;
  open: boolean;
  events: RsvpEvent[];
  guests: RsvpGuest[];
  questions: RsvpQuestion[];
  /** Stands for the state shown; `submit` compares it. */
  revision: string;
}

/**
 * A household's answers. What is left out stays as it is. Sending the same again changes nothing; a
 * different one against a stale `revision` is a conflict whose `details.current` is the new form.
 */
export const SubmitRsvp = z.object({
  revision: z.string().length(43),
  guests: z
    .array(
      z.object({
        guestId: GuestId,
        /** Companions only. */
        firstName: textLine(120).optional(),
        lastName: textLine(120).optional(),
        answers: z
          .array(z.object({ eventId: EventId, answer: Answer }))
          .max(50)
          .default([]),
        diets: z.array(Diet).max(30).optional(),
        dietNotes: textBlock(1000).optional(),
        accessibility: z.array(AccessibilityNeed).max(12).optional(),
        accessibilityNotes: textBlock(1000).optional(),
      }),
    )
    .max(100)
    .default([]),
  questions: z
    .array(
      z.object({
        questionId: QuestionId,
        guestId: GuestId.nullable().default(null),
        /** Empty = takes the answer back. `yes_no`: `yes` or `no`; `number`: digits. */
        value: z.array(textBlock(1000)).max(30),
      }),
    )
    .max(500)
    .default([]),
});
export type SubmitRsvp = z.input<typeof SubmitRsvp>;
