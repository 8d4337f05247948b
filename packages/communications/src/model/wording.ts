import { type MergeFieldName, mergeFields } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { Liquid, type LiquidOptions, type Template } from 'liquidjs';
import { escapeHtml } from './email-layout.ts';

/** A subject and a body as a planner writes them. */
export interface Wording {
  subject: string;
  body: string;
}

/** What the merge fields stand for, for one e-mail. */
export type MergeValues = Readonly<Record<MergeFieldName, string>>;

/** With the document that a layout was compiled to; its body is then the text part. */
export interface LaidOutWording extends Wording {
  html?: string | null;
}

export interface RenderedWording extends Wording {
  /** Null where our own layout goes around the body. */
  html: string | null;
}

/** Wording that was parsed once and is rendered once per guest. */
export interface CompiledWording {
  /** @throws where the template engine meets its limits */
  render(values: MergeValues): RenderedWording;
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
const textLimits = { parseLimit: 30_000, renderLimit: 250, memoryLimit: 500_000 };
/** A compiled layout is long although little of it was written by a person. */
const layoutLimits = { parseLimit: 300_000, renderLimit: 250, memoryLimit: 2_000_000 };

/**
 * Wording comes from people, so the engine reads no files, sees only the merge fields, and knows
 * conditions but no loops or assignments: its work is bounded by the length of the text.
 */
function createEngine(limits: Partial<LiquidOptions>): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    ...limits,
  });
  for (const tag of Object.keys(engine.tags)) if (!allowedTags.has(tag)) delete engine.tags[tag];
  for (const filter of Object.keys(engine.filters)) {
    if (!allowedFilters.has(filter)) engine.unregisterFilter(filter);
  }
  return engine;
}

/** A value in HTML; a line end in it is one in the document as well. */
export const escapeValue = (value: string) => escapeHtml(value).replaceAll('\n', '<br>\n');

const engine = createEngine(textLimits);
/** For the text part of layouts, and for looking at what somebody wrote. */
const longEngine = createEngine(layoutLimits);
const layoutEngine = createEngine({
  ...layoutLimits,
  outputEscape: (value: unknown) => escapeValue(String(value ?? '')),
});

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
    parsed = longEngine.parse(source);
  } catch (error) {
    const { line, message } = describeParseError(error);
    return [{ path, line, message: `The placeholder cannot be read: ${message}.` }];
  }
  const { globals } = longEngine.analyzeSync(parsed, { partials: false });
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

/** The merge fields that wording uses, also inside conditions; none where it cannot be read. */
export function fieldsOf({ subject, body }: Wording): MergeFieldName[] {
  try {
    const parsed = [...longEngine.parse(subject), ...longEngine.parse(body)];
    const { globals } = longEngine.analyzeSync(parsed, { partials: false });
    const used = new Set(Object.keys(globals));
    return mergeFields.map(({ name }) => name).filter((name) => used.has(name));
  } catch {
    return [];
  }
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
export function compileWording(wording: LaidOutWording): CompiledWording {
  checkWording(wording);
  const subject = engine.parse(wording.subject);
  const isLayout = typeof wording.html === 'string';
  const bodyEngine = isLayout ? longEngine : engine;
  const body = bodyEngine.parse(wording.body.replace(/\r\n?/g, '\n'));
  const html = isLayout ? layoutEngine.parse(wording.html ?? '') : undefined;
  return {
    render: (values) => ({
      subject: singleLine(String(engine.renderSync(subject, values))).slice(0, renderedMax.subject),
      body: String(bodyEngine.renderSync(body, values)).slice(0, renderedMax.body),
      html: html ? String(layoutEngine.renderSync(html, values)) : null,
    }),
  };
}
