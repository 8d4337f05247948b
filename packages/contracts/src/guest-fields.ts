import { z } from 'zod';

/** Control characters: NUL cannot be stored, and the others have no business in a name. */
const inLine = /[\p{Cc}\u2028\u2029]/u;
const inBlock = /(?![\n\r\t])[\p{Cc}\u2028\u2029]/u;

/** One line of text, trimmed, in Unicode NFC, so that equal names are equal strings. */
export const textLine = (max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .max(max, { error: `Please shorten this to ${max} characters.` })
    .refine((value) => !inLine.test(value), {
      error: 'This contains invisible control characters. Type it again instead of pasting it.',
    });

/** Text of several lines, trimmed, in Unicode NFC. */
export const textBlock = (max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .max(max, { error: `Please shorten this to ${max} characters.` })
    .refine((value) => !inBlock.test(value), {
      error: 'This contains invisible control characters. Type it again instead of pasting it.',
    });

export const EmailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ error: 'This is not an e-mail address. Write it like anna@example.com.' }));

/** A number as people write it; the server stores E.164, read in the wedding's country. */
export const PhoneInput = textLine(40).refine((value) => (value.match(/\d/g)?.length ?? 0) >= 5, {
  error: 'This is not a phone number. Write it like +351 912 345 678.',
});

export const guestSides = ['partner_a', 'partner_b', 'both'] as const;
export const GuestSide = z.enum(guestSides);
export type GuestSide = z.infer<typeof GuestSide>;

export const accessibilityNeeds = [
  'wheelchair',
  'step-free',
  'seat-near-exit',
  'hearing',
  'visual',
  'sign-language',
  'assistance-dog',
  'quiet-place',
  'parking',
  'high-chair',
] as const;
export const AccessibilityNeed = z.enum(accessibilityNeeds);
export type AccessibilityNeed = z.infer<typeof AccessibilityNeed>;

export const tagColors = [
  'slate',
  'red',
  'orange',
  'amber',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
] as const;
export const TagColor = z.enum(tagColors);
export type TagColor = z.infer<typeof TagColor>;

/** `null` where an answer is expected = outstanding. */
export const answers = ['yes', 'no', 'unsure'] as const;
export const Answer = z.enum(answers);
export type Answer = z.infer<typeof Answer>;

/** How an answer reached us. */
export const answerVias = ['link', 'planner', 'import', 'phone'] as const;
export type AnswerVia = (typeof answerVias)[number];

export const TagId = z.uuid().brand<'TagId'>();
export type TagId = z.infer<typeof TagId>;
/** One removal of one or many guests; giving it to `restore` takes the removal back. */
export const RemovalId = z.uuid().brand<'RemovalId'>();
export type RemovalId = z.infer<typeof RemovalId>;

/** The version of the row that the person was looking at. */
export const Version = z.int().min(1);
