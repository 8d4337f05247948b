import { DomainError, type ErrorKind } from '@wedsync/contracts/errors';
import { EventId } from '@wedsync/contracts/ids';
import { PrintSeating, SeatingPrint } from '@wedsync/contracts/seating-runs';
import { toDomainError } from '@wedsync/db/pg-errors';
import { type PrintedFile, printSeating } from '@wedsync/seating';
import { notFound } from '@wedsync/service/stale';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { HttpContext, HttpEnv } from './http-context.ts';
import { notice } from './public-pages/layout.ts';
import { type FileOptions, fileContext, idOf } from './signed-in-file.ts';

/** A print is some hundred milliseconds of a processor: it counts as that many requests. */
const pointsPerPrint = 5;

const headings: Partial<Readonly<Record<ErrorKind, string>>> = {
  unauthenticated: 'You are signed out',
  forbidden: 'Your role does not allow this',
  'not-found': 'This print does not exist',
  precondition: 'There is nothing to print yet',
  limit: 'Too many prints at once',
  invalid: 'This print cannot be made',
};
const statuses = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  precondition: 412,
  limit: 429,
  invalid: 400,
  unavailable: 503,
  conflict: 409,
  bug: 500,
} as const satisfies Record<ErrorKind, number>;

/** A print is opened in a tab of its own: what went wrong is said there, in a page. */
function errorPage(c: HttpContext, error: unknown): Response | Promise<Response> {
  const domain = toDomainError(error);
  if (domain.kind === 'bug') c.get('log').error({ err: error }, 'server.bug');
  const { retryAfterS } = domain.details;
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS));
  const heading = headings[domain.kind] ?? 'The print could not be made';
  const signIn = `/sign-in?next=${encodeURIComponent(new URL(c.req.url).pathname)}`;
  const more =
    domain.kind === 'unauthenticated'
      ? html`<p><a class="button" href="${signIn}">Sign in</a></p>`
      : undefined;
  const text =
    domain.kind === 'bug'
      ? `Something went wrong on our side. Try again; if it stays, tell us the number ${c.get('requestId')}.`
      : domain.message;
  return c.html(notice(heading, [text], more), statuses[domain.kind]);
}

/** The file that a path and its paper ask for. */
async function printOf(c: HttpContext, options: FileOptions): Promise<PrintedFile> {
  const ctx = await fileContext(c, options, pointsPerPrint);
  const [, name] = /^([a-z-]+)\.pdf$/.exec(c.req.param('file') ?? '') ?? [];
  const print = SeatingPrint.safeParse(name);
  if (!print.success) throw notFound('print');
  const paper = PrintSeating.shape.paper.safeParse(c.req.query('paper'));
  if (!paper.success) {
    throw new DomainError(
      'invalid',
      'seating.unknown-paper',
      'Choose a paper: A4, A3, A2, A1, A0 or letter.',
    );
  }
  const eventId = idOf(EventId, c.req.param('eventId'), 'event');
  return printSeating(ctx, { eventId, print: print.data, paper: paper.data });
}

/** Prints of the seating plan as PDF, drawn as they are read. */
export function printRoutes(options: FileOptions) {
  const app = new Hono<HttpEnv>();
  app.get('/print/seating/:weddingId/:eventId/:file', async (c) => {
    c.header('Cache-Control', 'private, no-store');
    c.header('X-Robots-Tag', 'noindex, nofollow');
    try {
      const { fileName, content } = await printOf(c, options);
      return c.body(ReadableStream.from(content), 200, {
        'Content-Type': 'application/pdf',
        // Shown in the browser, from where it is printed or kept.
        'Content-Disposition': `inline; filename="${fileName}"`,
      });
    } catch (error) {
      return errorPage(c, error);
    }
  });
  return app;
}
