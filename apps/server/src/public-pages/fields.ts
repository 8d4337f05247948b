import { type Answer, answers } from '@wedsync/contracts/guest-fields';
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { answerWords } from './words.ts';

/** Ids follow from names, so that labels, errors and links agree. */
export const fieldId = (name: string, suffix = '') => `f-${name}${suffix && `-${suffix}`}`;

export interface TextFieldParts {
  name: string;
  label: string;
  value: string;
  max: number;
  rows?: number;
  numeric?: boolean;
}

/** A labelled text field; several rows make it an area. */
export function textField({ name, label, value, max, rows = 1, numeric }: TextFieldParts): Html {
  const id = fieldId(name);
  const field =
    rows > 1
      ? html`<textarea id="${id}" name="${name}" rows="${rows}" maxlength="${max}">${value}</textarea>`
      : html`<input id="${id}" name="${name}" type="text" inputmode="${numeric ? 'numeric' : 'text'}" maxlength="${max}" value="${value}">`;
  return html`<div class="field"><label for="${id}">${label}</label>${field}</div>`;
}

export interface ChoiceParts {
  name: string;
  legend: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  kind: 'radio' | 'checkbox';
  hint?: string;
}

/** A group of choices as pills: plain radio buttons or check boxes underneath. */
export function choices({ name, legend, options, chosen, kind, hint }: ChoiceParts): Html {
  return html`<fieldset class="choices" id="${fieldId(name)}">
<legend>${legend}</legend>
${hint ? html`<p class="quiet">${hint}</p>` : ''}
<div class="pills">
${options.map(({ value, label }, index) => {
  const id = fieldId(name, String(index));
  const mark = chosen.includes(value) ? 'checked' : '';
  return html`<span class="pill"><input type="${kind}" id="${id}" name="${name}" value="${value}" ${mark}><label for="${id}">${label}</label></span>`;
})}
</div>
</fieldset>`;
}

export interface AnswerParts {
  name: string;
  legend: string;
  /** Read out with the legend, so that a screen reader hears which event is meant. */
  context: string;
  value: Answer | null;
}

/** Yes, no or not sure yet, for one guest and one event. */
export function answerPills({ name, legend, context, value }: AnswerParts): Html {
  return html`<fieldset class="choices answer" id="${fieldId(name)}">
<legend>${legend} <span class="unseen">(${context})</span></legend>
<div class="pills">
${answers.map((answer) => {
  const id = fieldId(name, answer);
  const mark = answer === value ? 'checked' : '';
  return html`<span class="pill ${answer}"><input type="radio" id="${id}" name="${name}" value="${answer}" ${mark}><label for="${id}">${answerWords[answer]}</label></span>`;
})}
</div>
</fieldset>`;
}
