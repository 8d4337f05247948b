import {
  type Wording,
  type WordingIssue,
  wordingLimits,
} from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { compileMjml } from './adapters/mjml-compiler.ts';
import { wordingIssues } from './model/wording.ts';

/** A wording as it is stored: with what a layout was compiled to, merge fields still in place. */
export interface StoredWording extends Wording {
  html: string | null;
  plainText: string | null;
}

interface Examined {
  stored: StoredWording;
  issues: WordingIssue[];
}

/** Too long to be looked at, with the line where it becomes so. */
function lengthIssue({ channel, language, format, body }: Wording): WordingIssue | undefined {
  const limit = channel === 'email' ? wordingLimits[format] : wordingLimits[channel];
  if (body.length <= limit) return undefined;
  const line = body.slice(0, limit).split('\n').length;
  const message = `The text is too long from here on. Shorten it to ${limit.toLocaleString('en')} characters.`;
  return { channel, language, path: 'body', line, message };
}

async function examine(wording: Wording): Promise<Examined> {
  const { channel, language, format, subject, body } = wording;
  const tooLong = lengthIssue(wording);
  if (tooLong) return { stored: { ...wording, html: null, plainText: null }, issues: [tooLong] };
  const issues: WordingIssue[] = wordingIssues({ subject, body }).map((issue) => ({
    channel,
    language,
    ...issue,
  }));
  if (format === 'text') return { stored: { ...wording, html: null, plainText: null }, issues };
  const compiled = await compileMjml(body, language);
  for (const { line, message } of compiled.issues) {
    issues.push({ channel, language, path: 'body', line, message });
  }
  const { html, plainText } = compiled;
  if (issues.length === 0 && html !== null) {
    // A condition that was opened in one column and closed in another reads well until it is laid out.
    for (const part of [html, plainText]) {
      const [issue] = wordingIssues({ subject, body: part });
      if (issue) issues.push({ channel, language, ...issue, path: 'body', line: 1 });
    }
  }
  return { stored: { ...wording, html, plainText }, issues };
}

/** Everything wrong with the wordings, in reading order; empty when they may be saved. */
export async function findWordingIssues(wordings: readonly Wording[]): Promise<WordingIssue[]> {
  const issues: WordingIssue[] = [];
  for (const wording of wordings) issues.push(...(await examine(wording)).issues);
  return issues;
}

const partNames = { subject: 'Subject', body: 'Text' } as const;

/**
 * Checks wordings and compiles their layouts, once for whatever is made of them. It takes its time in
 * another thread, so call it before a transaction begins.
 * @throws DomainError `invalid` `communications.wording` with `details.issues`, the first one in words
 */
export async function compileWordings(wordings: readonly Wording[]): Promise<StoredWording[]> {
  const stored: StoredWording[] = [];
  const issues: WordingIssue[] = [];
  for (const wording of wordings) {
    const examined = await examine(wording);
    stored.push(examined.stored);
    issues.push(...examined.issues);
  }
  const [first] = issues;
  if (!first) return stored;
  const which = wordings.length > 1 ? ` (${first.language})` : '';
  const where = `${partNames[first.path]}${which}, line ${first.line}`;
  throw new DomainError('invalid', 'communications.wording', `${where}: ${first.message}`, {
    issues,
  });
}
