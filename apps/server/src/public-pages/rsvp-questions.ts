import type { GuestId, QuestionId } from '@wedsync/contracts/ids';
import type { RsvpForm, RsvpQuestion } from '@wedsync/contracts/rsvp';
import { html } from 'hono/html';
import { choices, textField } from './fields.ts';
import type { Html } from './layout.ts';
import { nameOf } from './words.ts';

/** Name of the field of a question, asked of a guest or once of the household. */
export const questionName = (questionId: QuestionId, guestId: GuestId | null) =>
  `question.${questionId}.${guestId ?? 'household'}`;

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

interface Place {
  name: string;
  label: string;
  value: readonly string[];
}

function fieldOf({ kind, options }: RsvpQuestion, { name, label, value }: Place): Html {
  const [first = ''] = value;
  if (kind === 'text') return textField({ name, label, value: first, max: 1000, rows: 2 });
  if (kind === 'number') return textField({ name, label, value: first, max: 6, numeric: true });
  return choices({
    name,
    legend: label,
    kind: kind === 'choices' ? 'checkbox' : 'radio',
    chosen: value,
    options:
      kind === 'yes_no' ? yesNo : options.map((option) => ({ value: option, label: option })),
  });
}

/** One question, once or for each guest it is asked of. */
export function questionField(form: RsvpForm, question: RsvpQuestion): Html {
  const needed = question.required ? ' (we need this if you come)' : '';
  const prompt = question.prompt + needed;
  const answerOf = (guestId: GuestId | null) =>
    question.answers.find((answer) => answer.guestId === guestId)?.value ?? [];
  if (question.guestIds === null) {
    return fieldOf(question, {
      name: questionName(question.id, null),
      label: prompt,
      value: answerOf(null),
    });
  }
  const asked = form.guests.filter(({ id }) => question.guestIds?.includes(id));
  return html`<div role="group" aria-label="${prompt}"><p class="prompt">${prompt}</p>
${asked.map((guest) =>
  fieldOf(question, {
    name: questionName(question.id, guest.id),
    label: nameOf(guest, form.guests),
    value: answerOf(guest.id),
  }),
)}</div>`;
}
