import { parentPort } from 'node:worker_threads';
import { convert, type HtmlToTextOptions } from 'html-to-text';
import mjml2html from 'mjml';
import { lostPlaceholders, type MjmlIssue } from '../model/mjml-source.ts';

/** What the compiler's thread is asked. */
export interface MjmlRequest {
  id: number;
  source: string;
  language: string;
  direction: string;
}

export type MjmlAnswer =
  | { id: number; html: string; plainText: string }
  | { id: number; issues: MjmlIssue[] };

/** Gmail shows no more than 102 kB of a message; far beyond that a layout is a mistake. */
const htmlMax = 250_000;

const textOptions: HtmlToTextOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
    // What a mail program shows beside the subject is no part of the text.
    { selector: 'body > div[style*="display:none"]', format: 'skip' },
  ],
};

const oneIssue = (id: number, message: string, line = 1): MjmlAnswer => ({
  id,
  issues: [{ line, message }],
});

async function compile({ id, source, language, direction }: MjmlRequest): Promise<MjmlAnswer> {
  const result = await mjml2html(source, {
    // Each of these would add a reference to something on another server or on this disk.
    fonts: {},
    ignoreIncludes: true,
    useMjmlConfigOptions: false,
    keepComments: false,
    validationLevel: 'soft',
  });
  const errors = result.errors.map(({ line, message }) => ({ line: line || 1, message }));
  if (errors.length > 0) return { id, issues: errors };
  const html = result.html
    .replace('<html lang="und" dir="auto"', `<html lang="${language}" dir="${direction}"`)
    .replaceAll('lang="und" dir="auto"', `lang="${language}" dir="${direction}"`)
    // Indentation is a third of what the compiler writes.
    .replace(/[ \t]*\n\s*/g, '\n');
  if (html.length > htmlMax) {
    return oneIssue(id, 'The layout grows to more than 250,000 characters. Make it shorter.');
  }
  const lost = lostPlaceholders(source, html);
  if (lost.length > 0) return { id, issues: lost };
  return { id, html, plainText: convert(html, textOptions).trim() };
}

parentPort?.on('message', async (request: MjmlRequest) => {
  try {
    parentPort?.postMessage(await compile(request));
  } catch {
    const message = 'The layout cannot be read. Check that every tag is closed.';
    parentPort?.postMessage(oneIssue(request.id, message));
  }
});
