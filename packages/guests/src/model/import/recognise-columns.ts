import type { ColumnGuess, ImportField } from '@wedsync/contracts/guest-import';
import { recogniseAgeGroup } from '../ages.ts';
import { recogniseDiets } from '../diets.ts';
import { foldHeader } from '../fold.ts';
import { isTitle } from '../titles.ts';
import {
  isAnswerOnly,
  looksLikeEmail,
  looksLikePhone,
  parseAnswer,
  parseYesNo,
} from './cell-words.ts';
import { eventWords } from './header-words.ts';
import { type HeadingField, recogniseHeading } from './recognise-heading.ts';
import type { ImportContext, ImportEvent, ImportTable } from './types.ts';

/** Enough rows to judge a column; more would not change the verdict. */
const evidenceRows = 200;

interface Draft {
  field: HeadingField;
  person: string;
  eventId: ImportEvent['id'] | null;
  confidence: number;
  reason: string;
}

/** How many of a column's filled cells have each look, 0..1. */
interface Evidence {
  filled: string[];
  share(test: (cell: string) => boolean): number;
}

function evidenceOf(table: ImportTable, column: number): Evidence {
  const filled: string[] = [];
  for (const { cells } of table.rows.slice(0, evidenceRows)) {
    const cell = cells[column] ?? '';
    if (cell !== '') filled.push(cell);
  }
  return {
    filled,
    share: (test) => (filled.length === 0 ? 0 : filled.filter(test).length / filled.length),
  };
}

const isNumber = (cell: string) => /^\d{1,3}$/.test(cell.trim());
const isShort = (cell: string) => parseAnswer(cell) !== null;
const looksLikeName = (cell: string) =>
  /^[\p{Lu}][\p{L}.'’-]+([ ,&+]+[\p{L}\d.'’&+-]+){1,6}$/u.test(cell) && !/\d{3}/.test(cell);

/** An event of this wedding that the heading names, by its own name or by what its kind is called. */
function findEvent(folded: string, events: readonly ImportEvent[]): ImportEvent | null {
  const spaced = ` ${folded} `;
  const byLength = [...events].sort((a, b) => b.name.length - a.name.length);
  const named = byLength.find((event) => {
    const name = foldHeader(event.name);
    return name !== '' && spaced.includes(` ${name} `);
  });
  if (named) return named;
  return (
    events.find((event) =>
      (eventWords[event.kind] ?? event.kind)
        .split('|')
        .some((word) => spaced.includes(` ${word.trim()} `)),
    ) ?? null
  );
}

const answerWords =
  /\b(rsvp|reply|response|answer|attending|attendance|zusage|antwort|ruckmeldung|teilnahme|reponse|presence|asistencia|confirmado|confirmacion|respuesta|conferma|presenza|risposta|resposta|confirmacao|presenca|antwoord|aanwezig|aanwezigheid)\b/;
const invitedWords =
  /\b(invited|invite|invitation|eingeladen|einladung|convie|invitado|invitato|convidado|uitgenodigd)\b/;

function guessEvent(
  heading: string,
  evidence: Evidence,
  events: readonly ImportEvent[],
): Draft | null {
  const folded = foldHeader(heading);
  const event = findEvent(folded, events);
  if (!event) return null;
  const saysAnswer = answerWords.test(folded);
  const saysInvited = invitedWords.test(folded);
  if (!saysAnswer && !saysInvited && evidence.share(isShort) < 0.8) return null;
  const answers = saysAnswer || (!saysInvited && evidence.filled.some(isAnswerOnly));
  return {
    field: answers ? 'event-answer' : 'event-invited',
    person: '',
    eventId: event.id,
    confidence: saysAnswer || saysInvited ? 0.95 : 0.85,
    reason: `The heading names “${event.name}” and the cells ${answers ? 'are answers' : 'mark who is invited'}.`,
  };
}

const draft = (field: HeadingField, confidence: number, reason: string): Draft => ({
  field,
  person: '',
  eventId: null,
  confidence,
  reason,
});

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What the cells alone say; used where the heading is silent or contradicted. */
function guessByContent(evidence: Evidence): Draft | null {
  const emails = evidence.share(looksLikeEmail);
  if (emails >= 0.6)
    return draft('email', 0.92, `${percent(emails)} of the cells are e-mail addresses.`);
  const phones = evidence.share(looksLikePhone);
  if (phones >= 0.6)
    return draft('phone', 0.85, `${percent(phones)} of the cells look like phone numbers.`);
  const diets = evidence.share(
    (cell) => cell.length < 40 && recogniseDiets(cell, 'diet').diets.length > 0,
  );
  if (diets >= 0.6)
    return draft('diet', 0.75, `${percent(diets)} of the cells name a diet or an allergy.`);
  const names = evidence.share(looksLikeName);
  if (names >= 0.7)
    return draft('full-name', 0.7, `${percent(names)} of the cells look like names.`);
  return null;
}

/** Household labels that are numbers (1, 1, 2, …) rise; party sizes do not. */
function isHouseholdNumbering(filled: readonly string[]): boolean {
  const numbers = filled.map(Number);
  const rising = numbers.every((value, index) => index === 0 || value >= (numbers[index - 1] ?? 0));
  return rising && (numbers.at(-1) ?? 0) > 2 && new Set(numbers).size > 2;
}

/** Corrects a heading's meaning where the cells say otherwise. */
function weighContent(guess: Draft, evidence: Evidence): Draft {
  if (evidence.filled.length === 0) return guess;
  const byContent = guessByContent(evidence);
  const contact = byContent && (byContent.field === 'email' || byContent.field === 'phone');
  if (contact && byContent.field !== guess.field && guess.field !== 'notes') {
    return { ...byContent, person: guess.person };
  }
  const numeric = evidence.share(isNumber);
  if (numeric >= 0.8) {
    const sized: ReadonlySet<HeadingField> = new Set<HeadingField>([
      'full-name',
      'name',
      'household',
      'event-invited',
      'event-answer',
    ]);
    if (guess.field === 'household' && isHouseholdNumbering(evidence.filled)) return guess;
    const flags = evidence.share((cell) => /^[01]$/.test(cell)) === 1;
    if (sized.has(guess.field) && !(flags && guess.field.startsWith('event-'))) {
      return draft('party-size', 0.8, `${percent(numeric)} of the cells are numbers of people.`);
    }
  }
  const unlike = contradiction(guess.field, evidence);
  if (unlike) return { ...guess, ...unlike };
  return guess;
}

function contradiction(field: HeadingField, evidence: Evidence): Partial<Draft> | null {
  if (
    field === 'age-group' &&
    evidence.share((cell) => recogniseAgeGroup(cell) !== null || parseYesNo(cell) !== null) < 0.6
  ) {
    return {
      field: 'tags',
      confidence: 0.5,
      reason: 'The cells are not ages; they look like groups.',
    };
  }
  if ((field === 'event-answer' || field === 'event-invited') && evidence.share(isShort) < 0.5) {
    return {
      field: 'tags',
      confidence: 0.5,
      reason: 'The cells are neither answers nor yes or no; they look like groups.',
    };
  }
  if (field === 'title' && evidence.share(isTitle) < 0.5) {
    return {
      field: 'extra',
      confidence: 0.5,
      reason: 'The cells are not titles; they are kept in the notes.',
    };
  }
  if (field === 'email' && evidence.share(looksLikeEmail) < 0.3) {
    return { confidence: 0.5, reason: 'The heading says e-mail, but few cells are addresses.' };
  }
  return null;
}

/** `Name` beside `First name` is a last name; beside `Last name` a first name; alone, a full name. */
function settleNames(drafts: Draft[]): void {
  for (const guess of drafts) {
    if (guess.field !== 'name') continue;
    const has = (field: ImportField) =>
      drafts.some((other) => other.field === field && other.person === guess.person);
    if (has('first-name') && !has('last-name')) {
      Object.assign(guess, {
        field: 'last-name',
        confidence: 0.9,
        reason: 'A name beside a first name is the last name.',
      });
    } else if (has('last-name') && !has('first-name')) {
      Object.assign(guess, {
        field: 'first-name',
        confidence: 0.9,
        reason: 'A name beside a last name is the first name.',
      });
    } else {
      Object.assign(guess, {
        field: 'full-name',
        confidence: 0.92,
        reason: 'A single name column holds full names.',
      });
    }
  }
}

/** A list without any recognised name column: the column whose cells look most like names is it. */
function ensureNames(drafts: Draft[], evidences: readonly Evidence[]): void {
  const naming: ReadonlySet<HeadingField> = new Set<HeadingField>([
    'full-name',
    'first-name',
    'last-name',
  ]);
  if (drafts.some((guess) => naming.has(guess.field))) return;
  const household = drafts.find((guess) => guess.field === 'household');
  if (household) {
    Object.assign(household, {
      field: 'full-name',
      reason: 'There is no other name column, so this one names the guests.',
    });
    return;
  }
  let best = -1;
  let bestShare = 0.2;
  evidences.forEach((evidence, column) => {
    const free = drafts[column]?.field === 'extra' || drafts[column]?.field === 'tags';
    const share = evidence.share(
      (cell) => /\p{L}{2}/u.test(cell) && cell.length < 60 && !looksLikeEmail(cell),
    );
    if (free && share > bestShare) {
      best = column;
      bestShare = share;
    }
  });
  const chosen = drafts[best];
  if (chosen)
    Object.assign(
      chosen,
      draft('full-name', 0.5, 'No heading says “name”; these cells look most like names.'),
    );
}

/**
 * Proposes what each column means: by its heading in seven languages, by its cells, and by the
 * columns beside it. Unknown columns with content become `extra`, so nothing is lost unless a person
 * chooses `ignore`.
 */
export function recogniseColumns(
  table: ImportTable,
  context: Pick<ImportContext, 'events'>,
): ColumnGuess[] {
  const evidences = table.header.map((_, column) => evidenceOf(table, column));
  const drafts = table.header.map((heading, column): Draft => {
    const evidence = evidences[column] ?? evidenceOf(table, column);
    const event = guessEvent(heading, evidence, context.events);
    if (event) return event;
    const byHeading =
      table.headerRow === null && table.format !== 'vcard' ? null : recogniseHeading(heading);
    // Headings of our own export are never second-guessed.
    if (byHeading && /^wedsync /i.test(heading)) return { ...byHeading, eventId: null };
    if (byHeading) return weighContent({ ...byHeading, eventId: null }, evidence);
    if (evidence.filled.length === 0) return draft('ignore', 0.9, 'The column is empty.');
    return (
      guessByContent(evidence) ??
      draft('extra', 0.3, 'Not recognised: its cells are kept in the notes under its heading.')
    );
  });
  settleNames(drafts);
  ensureNames(drafts, evidences);
  return drafts.map((guess, column) => ({
    column,
    field: guess.field === 'name' ? 'full-name' : guess.field,
    eventId: guess.eventId,
    person: guess.person,
    header: table.header[column] ?? '',
    confidence: guess.confidence,
    reason: guess.reason,
    samples: [...new Set(evidences[column]?.filled)].slice(0, 3).map((cell) => cell.slice(0, 120)),
  }));
}
