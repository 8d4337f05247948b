import type { RsvpEvent } from '@wedsync/contracts/rsvp';
import type { HouseholdSeat } from '@wedsync/contracts/seating-prints';
import { html, raw } from 'hono/html';
import type { Html } from './layout.ts';
import type { HouseholdForm } from './rsvp-page.ts';
import { nameOf } from './words.ts';

const placeOf = ({ tableLabel, seatNumber }: HouseholdSeat): Html =>
  html`Table <strong>${tableLabel}</strong>${seatNumber === null ? '' : html`, seat <strong>${seatNumber}</strong>`}`;

function eventSeats(form: HouseholdForm, event: RsvpEvent): Html | '' {
  const seats = (form.seats ?? []).filter(({ eventId }) => eventId === event.id);
  const lines = seats.flatMap((seat) => {
    const guest = form.guests.find(({ id }) => id === seat.guestId);
    return guest ? [{ seat, name: nameOf(guest, form.guests) }] : [];
  });
  if (lines.length === 0) return '';
  return html`<h3>${event.name}</h3>
<ul class="answers">
${lines.map(({ seat, name }) => html`<li>${name}: ${placeOf(seat)}</li>`)}
</ul>`;
}

/** Where the household sits, once the day or the planner shows it; their own names only. */
export function seatSection(form: HouseholdForm): Html {
  const events = form.events.map((event) => eventSeats(form, event)).filter(Boolean);
  if (events.length === 0) return raw('') as Html;
  return html`<section class="sheet" aria-labelledby="seats">
<h2 id="seats">Your seats</h2>
${events}
</section>`;
}
