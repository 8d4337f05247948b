import type { HouseholdNotice } from '@wedsync/communications';
import type { RsvpEvent, RsvpForm, RsvpGuest, RsvpQuestion } from '@wedsync/contracts/rsvp';
import type { HouseholdSeat } from '@wedsync/contracts/seating-prints';
import { html, raw } from 'hono/html';
import { answerPills, textField } from './fields.ts';
import { type Html, page } from './layout.ts';
import { comfortSection } from './rsvp-comfort.ts';
import { questionField } from './rsvp-questions.ts';
import { seatSection } from './seat-lines.ts';
import { dayInWords, listOf, nameOf, whenAndWhere } from './words.ts';

/** Something that must be put right before the answers can be kept. */
export interface RsvpProblem {
  message: string;
  /** Ids of fields to look at. */
  fieldIds?: readonly string[];
}

const coupleOf = ({ partnerA, partnerB, title }: RsvpForm['wedding']) =>
  [partnerA, partnerB].filter(Boolean).join(' & ') || title;

/** A household's form with what it has been told besides. */
export type HouseholdForm = RsvpForm & {
  notices?: readonly HouseholdNotice[];
  /** Empty until the day, or until the planner shows them. */
  seats?: readonly HouseholdSeat[];
};

/** News from the couple, each with its day; line breaks are kept. */
function noticeSection({ notices = [], wedding }: HouseholdForm): Html {
  if (notices.length === 0) return raw('') as Html;
  return html`<section class="sheet" aria-labelledby="news">
<h2 id="news">News</h2>
${notices.map(
  ({ body, at }) => html`<article class="news">
<p class="quiet">${dayInWords(at.slice(0, 10), wedding.locale)}</p>
<p>${body}</p>
</article>`,
)}
</section>`;
}

/** Names above every page of a wedding, and what the household should know. */
export function masthead(form: HouseholdForm): Html {
  const { wedding } = form;
  return html`<header class="masthead">
<h1>${coupleOf(wedding)}</h1>
${wedding.date ? html`<p>${dayInWords(wedding.date, wedding.locale)}</p>` : ''}
</header>
${seatSection(form)}
${noticeSection(form)}`;
}

function eventSection(form: RsvpForm, event: RsvpEvent): Html {
  const invited = form.guests.filter(({ answers }) =>
    answers.some(({ eventId }) => eventId === event.id),
  );
  return html`<section class="sheet" aria-labelledby="event-${event.id}">
<h2 id="event-${event.id}">${event.name}</h2>
${whenAndWhere(event, form.wedding.locale).map((line) => html`<p class="quiet">${line}</p>`)}
${invited.map((guest) =>
  answerPills({
    name: `answer.${guest.id}.${event.id}`,
    legend: nameOf(guest, form.guests),
    context: event.name,
    value: guest.answers.find(({ eventId }) => eventId === event.id)?.answer ?? null,
  }),
)}
</section>`;
}

function companionSection(form: RsvpForm, guest: RsvpGuest): Html {
  const host = form.guests.find(({ id }) => id === guest.plusOneOf);
  const whose = host ? nameOf(host, form.guests) : 'you';
  return html`<fieldset class="sheet" data-guest="${guest.id}">
<legend><h2>Who comes with ${whose}?</h2></legend>
<div class="pair">
${textField({ name: `first.${guest.id}`, label: 'First name', value: guest.firstName, max: 120 })}
${textField({ name: `last.${guest.id}`, label: 'Last name', value: guest.lastName, max: 120 })}
</div>
</fieldset>`;
}

function questionSection(form: RsvpForm, questions: readonly RsvpQuestion[]): Html {
  if (questions.length === 0) return raw('') as Html;
  return html`<section class="sheet" aria-labelledby="questions">
<h2 id="questions">A few questions</h2>
${questions.map((question) => questionField(form, question))}
</section>`;
}

const quickAnswers = html`<section class="sheet quick" aria-labelledby="quick">
<h2 id="quick">In one tap</h2>
<p class="quiet">You can add food and other wishes afterwards.</p>
<div class="pair">
<button class="button" name="all" value="yes">Yes, we will all be there</button>
<button class="button plain" name="all" value="no">Sadly, none of us can come</button>
</div>
<p class="quiet">Or answer one by one:</p>
</section>`;

function problemBox({ message, fieldIds = [] }: RsvpProblem): Html {
  const [first] = fieldIds;
  return html`<div class="problem" role="alert" tabindex="-1" autofocus>
<p><strong>Not saved yet.</strong> ${message}</p>
${first ? html`<p><a href="#${first}">Go to the question</a></p>` : ''}
</div>`;
}

/** The form of a household: works as it stands, without scripts. */
export function rsvpPage(form: HouseholdForm, action: string, problem?: RsvpProblem): Html {
  const { locale } = form.wedding;
  const names = form.guests
    .filter(({ plusOneOf }) => !plusOneOf)
    .map((g) => g.firstName || g.lastName);
  const isNew = form.guests.every(({ answers }) => answers.every(({ answer }) => answer === null));
  const until = form.deadline ? dayInWords(form.deadline, locale) : null;
  const deadline = until
    ? html`<p>Please answer by <strong>${until}</strong>. Until then you can change your answers here as often as you like.</p>`
    : html`<p>You can change your answers here as often as you like.</p>`;
  return page({
    title: `Your invitation from ${coupleOf(form.wedding)}`,
    withScript: true,
    body: html`${masthead(form)}
${problem ? problemBox(problem) : ''}
<div class="intro"><p>Dear ${listOf(names) || form.household},</p>
<p>${isNew ? 'will you celebrate with us?' : 'these are the answers we have from you.'}</p>
${deadline}</div>
<form method="post" action="${action}" accept-charset="utf-8" id="rsvp" data-revision="${form.revision}" autocomplete="off">
<input type="hidden" name="revision" value="${form.revision}">
${isNew && form.guests.length > 0 ? quickAnswers : ''}
${form.events.map((event) => eventSection(form, event))}
${form.guests.filter(({ plusOneOf }) => plusOneOf).map((guest) => companionSection(form, guest))}
${questionSection(form, form.questions)}
${form.guests.map((guest) => comfortSection(form, guest))}
<div class="finish"><button class="button" name="all" value="">Send our answers</button></div>
</form>
<p class="quiet"><a href="${action}/preferences">Choose which messages you get</a></p>`,
  });
}
