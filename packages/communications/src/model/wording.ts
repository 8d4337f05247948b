import { type MergeFieldName, mergeFields } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { Liquid, type Template } from 'liquidjs';

/** A subject and a body as a planner writes them. */
export interface Wording {
  subject: string;
  body: string;
}

/** What the merge fields stand for, for one e-mail. */
export type MergeValues = Readonly<Record<MergeFieldName, string>>;

/** Wording that was parsed once and is rendered once per guest. */
export interface CompiledWording {
  render(values: MergeValues): Wording;
}

export interface WordingIssue {
  path: keyof Wording;
  /** 1-based. */
  line: number;
  message: string;
}

const allowedTags = new Set(['if', 'elsif', 'else', 'unless', 'case', 'when', 'comment']);
const allowedFilters = new Set(['default', 'upcase', 'downcase', 'capitalize', 'strip', 'size']);
const fieldNames: ReadonlySet<string> = new Set(mergeFields.map(({ name }) => name));
const renderedMax = { subject: 400, body: 60_000 } as const;

/**
 * Wording comes from people, so the engine reads no files, sees only the merge fields, and knows
 * conditions but no loops or assignments: its work is bounded by the length of the text.
 */
function createEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    parseLimit: 30_000,
    renderLimit: 250,
    memoryLimit: 500_000,
  });
  for (const tag of Object.keys(engine.tags)) if (!allowedTags.has(tag)) delete engine.tags[tag];
  for (const filter of Object.keys(engine.filters)) {
    if (!allowedFilters.has(filter)) engine.unregisterFilter(filter);
  }
  return engine;
}

const engine = createEngine();

/** Edits it takes to get from one word to the other (Levenshtein 1965). */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

function nearestField(name: string): string | undefined {
  const ranked = mergeFields
    .map((field) => ({ name: field.name, edits: distance(name.toLowerCase(), field.name) }))
    .sort((left, right) => left.edits - right.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(2, name.length / 3) ? best.name : undefined;
}

function describeParseError(error: unknown): { line: number; message: string } {
  const text = error instanceof Error ? error.message : String(error);
  const [, line = '1'] = /line:(\d+)/.exec(text) ?? [];
  const reason = text.replace(/,? ?(file:\S+)?,? ?line:\d+, col:\d+.*$/s, '');
  return { line: Number(line), message: reason };
}

function inspect(path: keyof Wording, source: string): WordingIssue[] {
  let parsed: Template[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    const { line, message } = describeParseError(error);
    return [{ path, line, message: `The placeholder cannot be read: ${message}.` }];
  }
  const { globals } = engine.analyzeSync(parsed, { partials: false });
  const issues: WordingIssue[] = [];
  for (const [name, places] of Object.entries(globals)) {
    for (const place of places) {
      const written = place.toString();
      if (fieldNames.has(name) && place.segments.length === 1) continue;
      const nearest = nearestField(name);
      const hint = nearest ? ` Did you mean {{ ${nearest} }}?` : '';
      const message = `{{ ${written} }} is not a merge field.${hint}`;
      issues.push({ path, line: place.location.row, message });
    }
  }
  return issues.sort((left, right) => left.line - right.line);
}

const partNames = { subject: 'Subject', body: 'Text' } as const;

/** Everything wrong with the wording, in reading order; empty when it may be saved. */
export function wordingIssues({ subject, body }: Wording): WordingIssue[] {
  return [...inspect('subject', subject), ...inspect('body', body)];
}

/**
 * Refuses wording that could not be rendered for every guest.
 * @throws DomainError `invalid` `communications.wording` with `details.issues`, the first one in words
 */
export function checkWording(wording: Wording): void {
  const issues = wordingIssues(wording);
  const [first] = issues;
  if (!first) return;
  const where = `${partNames[first.path]}, line ${first.line}`;
  throw new DomainError('invalid', 'communications.wording', `${where}: ${first.message}`, {
    issues: issues.map(({ path, line, message }) => ({ path, line, message })),
  });
}

/** Any control character, a line break too: in a header it would start another one. */
const controlCharacters = /\p{Cc}+/gu;

/** One line of text: no control characters, no double spaces. */
export function singleLine(text: string): string {
  return text.replace(controlCharacters, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * Parses wording once for many guests.
 * @throws DomainError `invalid` `communications.wording`
 */
export function compileWording(wording: Wording): CompiledWording {
  checkWording(wording);
  const subject = engine.parse(wording.subject);
  const body = engine.parse(wording.body.replace(/\r\n?/g, '\n'));
  return {
    render: (values) => ({
      subject: singleLine(String(engine.renderSync(subject, values))).slice(0, renderedMax.subject),
      body: String(engine.renderSync(body, values)).slice(0, renderedMax.body),
    }),
  };
}
