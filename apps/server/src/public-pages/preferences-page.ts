import {
  type HouseholdPreferences,
  smsConsentWording,
} from '@wedsync/contracts/communications-feedback';
import { html } from 'hono/html';
import { fieldId } from './fields.ts';
import { type Html, page } from './layout.ts';
import { dayInWords } from './words.ts';

type Person = HouseholdPreferences['people'][number];
type Sent = HouseholdPreferences['sent'][number];

const kindWords: Record<Sent['kind'], string> = {
  save_the_date: 'Save the date',
  invitation: 'Invitation',
  reminder: 'Reminder',
  logistics: 'Practical news',
  day_of: 'News of the day',
  thank_you: 'Thank you',
  other: 'News',
};
const channelWords: Record<Sent['channel'], string> = {
  email: 'by e-mail',
  sms: 'by text message',
  notice: 'on your page',
};

interface TickParts {
  name: string;
  label: string;
  checked: boolean;
}

const tick = ({ name, label, checked }: TickParts) =>
  html`<p class="tick"><input type="checkbox" id="${fieldId(name)}" name="${name}" value="on" ${checked ? 'checked' : ''}> <label for="${fieldId(name)}">${label}</label></p>`;

function personFields({ guestId, name, email, sms }: Person): Html {
  return html`<fieldset class="choices">
<legend>${name || 'Guest'}</legend>
<input type="hidden" name="guest" value="${guestId}">
${email === null ? html`<p class="quiet">We have no e-mail address.</p>` : tick({ name: `email-${guestId}`, label: 'E-mails about the wedding', checked: email })}
${sms === null ? html`<p class="quiet">We have no telephone number.</p>` : tick({ name: `sms-${guestId}`, label: smsConsentWording.text, checked: sms })}
</fieldset>`;
}

const sentLine = ({ kind, channel, name, at, cameBack }: Sent) =>
  html`<li>${kindWords[kind]} ${channelWords[channel]}${name ? ` to ${name}` : ''}, ${dayInWords(at.slice(0, 10), 'en')}${cameBack ? ' (it came back)' : ''}</li>`;

/** What a household gets and wants; works as it stands, without scripts. */
export function preferencesPage(
  preferences: HouseholdPreferences,
  action: string,
  saved: boolean,
): Html {
  const { people, sent, coupleNames } = preferences;
  return page({
    title: `What you get from ${coupleNames || 'the couple'}`,
    body: html`<div class="sheet">
<h1>What you get from ${coupleNames || 'the couple'}</h1>
${saved ? html`<p role="status"><strong>Saved.</strong> It holds from now on, also for what is being sent.</p>` : ''}
<p>Choose how each of you wants to hear about the wedding. You stay on the guest list, and your answers are kept.</p>
<form method="post" action="${action}" accept-charset="utf-8" autocomplete="off">
${people.map(personFields)}
${people.length > 0 ? html`<div class="finish"><button class="button">Save</button></div>` : html`<p>Nobody is on the list of this household any more.</p>`}
</form>
</div>
<section class="sheet" aria-labelledby="sent">
<h2 id="sent">What was sent to you</h2>
${sent.length > 0 ? html`<ul>${sent.map(sentLine)}</ul>` : html`<p class="quiet">Nothing so far.</p>`}
</section>`,
  });
}
