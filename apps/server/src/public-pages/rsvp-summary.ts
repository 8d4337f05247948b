import type { Answer } from '@wedsync/contracts/guest-fields';
import type { RsvpEvent, RsvpForm } from '@wedsync/contracts/rsvp';
import { html } from 'hono/html';
import { type Html, page } from './layout.ts';
import { comfortInWords } from './rsvp-comfort.ts';
import { masthead } from './rsvp-page.ts';
import { dayInWords, nameOf, whenAndWhere } from './words.ts';

const said: Readonly<Record<Answer | 'none', string>> = {
  yes: 'will be there',
  no: 'cannot come',
  unsure: 'not sure yet',
  none: 'not answered yet',
};

function eventSummary(form: RsvpForm, event: RsvpEvent): Html {
  const lines = form.guests.flatMap((guest) => {
    const invited = guest.answers.find(({ eventId }) => eventId === event.id);
    return invited
      ? [{ name: nameOf(guest, form.guests), answer: invited.answer ?? ('none' as const) }]
      : [];
  });
  return html`<section class="sheet"><h2>${event.name}</h2>
${whenAndWhere(event, form.wedding.locale).map((line) => html`<p class="quiet">${line}</p>`)}
<ul class="answers">
${lines.map(({ name, answer }) => html`<li class="${answer}"><strong>${name}</strong> ${said[answer]}</li>`)}
</ul></section>`;
}

function wishes(form: RsvpForm): Html | '' {
  const lines = form.guests
    .map((guest) => ({ name: nameOf(guest, form.guests), needs: comfortInWords(guest) }))
    .filter(({ needs }) => needs.length > 0);
  if (lines.length === 0) return '';
  return html`<section class="sheet"><h2>Food and comfort</h2><ul class="answers">
${lines.map(({ name, needs }) => html`<li><strong>${name}</strong> ${needs.join(' · ')}</li>`)}
</ul></section>`;
}

function questionSummary(form: RsvpForm): Html | '' {
  const lines = form.questions.flatMap(({ prompt, answers }) =>
    answers
      .filter(({ value }) => value.length > 0)
      .map(({ guestId, value }) => {
        const guest = form.guests.find(({ id }) => id === guestId);
        return { prompt, who: guest ? nameOf(guest, form.guests) : '', value: value.join(', ') };
      }),
  );
  if (lines.length === 0) return '';
  return html`<section class="sheet"><h2>Your answers to our questions</h2><ul class="answers">
${lines.map(({ prompt, who, value }) => html`<li><strong>${prompt}</strong> ${who ? `${who}: ` : ''}${value}</li>`)}
</ul></section>`;
}

const summary = (form: RsvpForm) => html`${form.events.map((event) => eventSummary(form, event))}
${wishes(form)}
${questionSummary(form)}`;

/** After answers were saved: what was answered, and how to change it. */
export function confirmationPage(form: RsvpForm, changeUrl: string): Html {
  const given = form.guests.flatMap(({ answers }) => answers.map(({ answer }) => answer));
  const comes = given.includes('yes');
  const open = given.filter((answer) => answer === null).length;
  const heading = comes
    ? 'Thank you, we look forward to seeing you'
    : 'Thank you for letting us know';
  const until = form.deadline ? ` until ${dayInWords(form.deadline, form.wedding.locale)}` : '';
  return page({
    title: heading,
    withScript: true,
    body: html`${masthead(form)}
<div class="intro" id="saved"><h2 class="large">${heading}</h2>
<p>Your answers are saved. This is what we have:</p></div>
${summary(form)}
<div class="finish">
${open > 0 ? html`<p>${open === 1 ? 'One answer is' : `${open} answers are`} still open.</p>` : ''}
${form.open ? html`<p>You can change everything${until}.</p><p><a class="button plain" href="${changeUrl}">Change our answers</a></p>` : ''}
</div>`,
  });
}

/** After the last day: what was answered, and whom to turn to. */
export function closedPage(form: RsvpForm): Html {
  const day = form.deadline ? dayInWords(form.deadline, form.wedding.locale) : '';
  return page({
    title: 'Answers are closed',
    body: html`${masthead(form)}
<div class="intro"><h2 class="large">The time for answers is over</h2>
<p>Answers were asked for until <strong>${day}</strong>. If something has changed, please tell the couple directly: reply to their e-mail or give them a call.</p>
<p>This is what we have from you:</p></div>
${summary(form)}`,
  });
}
