import type { Answer } from '@wedsync/contracts/guest-fields';
import type { EventId } from '@wedsync/contracts/ids';
import { foldHeader } from '../fold.ts';
import { parseAnswer, parseYesNo } from './cell-words.ts';
import type { DraftGuest, RowReader } from './row-draft.ts';

interface Invited {
  invited: boolean;
  answer: Answer | null;
}

/** `Ceremony, Dinner` in one cell, or yes for every event. */
function eventsNamed(reader: RowReader, cell: string): EventId[] {
  const spaced = ` ${foldHeader(cell)} `;
  return reader.context.events
    .filter(
      (event) =>
        spaced.includes(` ${foldHeader(event.name)} `) ||
        spaced.includes(` ${foldHeader(event.kind)} `),
    )
    .map((event) => event.id);
}

function readInvited(reader: RowReader, byEvent: Map<EventId, Invited>): void {
  for (const { cell, header, choice } of reader.columns('event-invited')) {
    const yes = parseYesNo(cell);
    const named = yes === null ? eventsNamed(reader, cell) : [];
    const answer = yes === null && named.length === 0 ? parseAnswer(cell) : null;
    const events = choice.eventId
      ? [choice.eventId]
      : named.length > 0
        ? named
        : reader.context.events.map((event) => event.id);
    if (yes === null && named.length === 0 && answer === null) {
      reader.report('warning', 'invited', {
        column: header,
        message: `“${cell.slice(0, 60)}” says neither yes nor no, nor an event of this wedding; no invitation was noted.`,
        remedy:
          'Write yes or no, or the names of the events, or invite the guest after the import.',
      });
      continue;
    }
    for (const event of events) {
      byEvent.set(event, { invited: yes !== false, answer: answer === 'pending' ? null : answer });
    }
  }
}

function readAnswers(reader: RowReader, byEvent: Map<EventId, Invited>): void {
  for (const { cell, header, choice } of reader.columns('event-answer')) {
    const answer = parseAnswer(cell);
    if (answer === null) {
      reader.report('warning', 'answer', {
        column: header,
        message: `“${cell.slice(0, 60)}” is not an answer; the invitation stays open.`,
        remedy: 'Write yes, no, maybe or nothing, or set the answer after the import.',
      });
      continue;
    }
    const invited = [...byEvent].filter(([, value]) => value.invited).map(([event]) => event);
    const all = invited.length > 0 ? invited : reader.context.events.map((event) => event.id);
    for (const event of choice.eventId ? [choice.eventId] : all) {
      byEvent.set(event, { invited: true, answer: answer === 'pending' ? null : answer });
    }
  }
}

/** Invitations and answers of a row; they hold for every guest of the row. */
export function readInvitations(reader: RowReader, guests: readonly DraftGuest[]): void {
  const byEvent = new Map<EventId, Invited>();
  readInvited(reader, byEvent);
  readAnswers(reader, byEvent);
  const known = reader.context.events.filter((event) => byEvent.has(event.id));
  for (const guest of guests) {
    guest.values.invitations = known.map((event) => {
      const { invited, answer } = byEvent.get(event.id) ?? { invited: false, answer: null };
      return { eventId: event.id, invited, answer };
    });
  }
}
