import { dietWords } from '@wedsync/contracts/diet-words';
import { accessibilityNeeds } from '@wedsync/contracts/guest-fields';
import type { Diet } from '@wedsync/contracts/guest-import';
import type { RsvpForm, RsvpGuest } from '@wedsync/contracts/rsvp';
import { html } from 'hono/html';
import { choices, textField } from './fields.ts';
import type { Html } from './layout.ts';
import { accessibilityWords, allergyWords, nameOf, usualDiets } from './words.ts';

type DietCode = Diet['code'];

const codesOf = (diets: readonly Diet[], severity: Diet['severity']) =>
  diets.filter((diet) => diet.severity === severity).map(({ code }) => code);

/** The usual ones first, then whatever this guest already has. */
const offered = (usual: readonly DietCode[], chosen: readonly DietCode[]) => [
  ...new Set([...usual, ...chosen]),
];

/** What a guest needs, in words, for the summary line and the confirmation. */
export function comfortInWords(guest: RsvpGuest): string[] {
  const { diets, dietNotes, accessibility, accessibilityNotes } = guest;
  return [
    ...codesOf(diets, 'allergy').map(
      (code) => `Allergic: ${allergyWords[code] ?? dietWords[code]}`,
    ),
    ...codesOf(diets, 'preference').map((code) => dietWords[code]),
    dietNotes,
    ...accessibility.map((need) => accessibilityWords[need]),
    accessibilityNotes,
  ].filter((line) => line !== '');
}

/** Food and access of one guest, folded away until somebody needs it. */
export function comfortSection(form: RsvpForm, guest: RsvpGuest): Html {
  const { id, diets } = guest;
  const allergies = codesOf(diets, 'allergy');
  const wishes = codesOf(diets, 'preference');
  const allergens = Object.keys(allergyWords) as DietCode[];
  const known = comfortInWords(guest);
  return html`<details class="sheet" data-guest="${id}">
<summary>Food and comfort: ${nameOf(guest, form.guests)}
${known.length > 0 ? html`<span class="quiet">${known.join(' · ')}</span>` : ''}</summary>
<input type="hidden" name="comfort" value="${id}">
${choices({
  name: `allergy.${id}`,
  legend: 'Allergies and intolerances',
  hint: 'The kitchen keeps these strictly apart.',
  kind: 'checkbox',
  chosen: allergies,
  options: offered(allergens, allergies).map((code) => ({
    value: code,
    label: allergyWords[code] ?? dietWords[code],
  })),
})}
${choices({
  name: `diet.${id}`,
  legend: 'Diet and wishes',
  kind: 'checkbox',
  chosen: wishes,
  options: offered(usualDiets, wishes).map((code) => ({ value: code, label: dietWords[code] })),
})}
${textField({ name: `dietNotes.${id}`, label: 'Anything else about food', value: guest.dietNotes, max: 1000, rows: 2 })}
${choices({
  name: `access.${id}`,
  legend: 'What would make the day easier',
  kind: 'checkbox',
  chosen: guest.accessibility,
  options: accessibilityNeeds.map((need) => ({ value: need, label: accessibilityWords[need] })),
})}
${textField({ name: `accessNotes.${id}`, label: 'Anything else we should prepare', value: guest.accessibilityNotes, max: 1000, rows: 2 })}
</details>`;
}
