import { listNotices } from '@wedsync/communications';
import { type DomainError, isDomainError } from '@wedsync/contracts/errors';
import { findHouseholdByLink, getRsvpForm, submitRsvp } from '@wedsync/guests';
import { listHouseholdSeats } from '@wedsync/seating';
import { createContext, type ServiceContext } from '@wedsync/service/context';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { HttpContext, HttpEnv } from '../http-context.ts';
import { fieldId } from './fields.ts';
import { readFields, unknownLink } from './forms.ts';
import { notice } from './layout.ts';
import { groundOf, type PublicPagesDeps, requireOwnForm } from './request.ts';
import { type HouseholdForm, type RsvpProblem, rsvpPage } from './rsvp-page.ts';
import { questionName } from './rsvp-questions.ts';
import { readSubmission, withSubmission } from './rsvp-submission.ts';
import { closedPage, confirmationPage } from './rsvp-summary.ts';

const previewPage = () =>
  notice(
    'This is where your guest’s own page opens',
    ['You followed the link of a preview or test e-mail. Each household gets a link of its own.'],
    html``,
  );

async function contextOf(c: HttpContext, deps: PublicPagesDeps): Promise<ServiceContext | null> {
  const scope = await findHouseholdByLink(deps.db, c.req.param('token') ?? '');
  return scope && createContext(groundOf(c, deps), scope);
}

/** The form, or null where the household is gone: then the link is no better than an unknown one. */
async function formOf(ctx: ServiceContext | null): Promise<HouseholdForm | null> {
  if (!ctx) return null;
  try {
    const [form, notices, seats] = await Promise.all([
      getRsvpForm(ctx),
      listNotices(ctx),
      listHouseholdSeats(ctx),
    ]);
    return { ...form, notices, seats };
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') return null;
    throw error;
  }
}

const urlOf = (c: HttpContext) => `/r/${c.req.param('token') ?? ''}`;

function problemOf(error: DomainError): RsvpProblem {
  const missing = error.details.missing;
  const fields = Array.isArray(missing) ? missing : [];
  return {
    message: error.message,
    fieldIds: fields.map(({ questionId, guestId }) => fieldId(questionName(questionId, guestId))),
  };
}

async function submit(c: HttpContext, deps: PublicPagesDeps): Promise<Response> {
  requireOwnForm(c, deps.origins);
  const fields = await readFields(c);
  const ctx = await contextOf(c, deps);
  const form = await formOf(ctx);
  if (!ctx || !form) return c.html(unknownLink(), 404);
  if (!form.open) return c.html(closedPage(form), 410);
  const submission = readSubmission(form, fields);
  try {
    await submitRsvp(ctx, submission);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.kind === 'precondition') {
      const closed = await getRsvpForm(ctx);
      return c.html(closedPage(closed), 410);
    }
    if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error;
    const current = await getRsvpForm(ctx);
    const shown = withSubmission(current, readSubmission(current, fields));
    const status = error.kind === 'conflict' ? 409 : 422;
    return c.html(rsvpPage(shown, urlOf(c), problemOf(error)), status);
  }
  // Reloading the next page must not send the form again.
  return c.redirect(`${urlOf(c)}/done`, 303);
}

/** A household's page: GET shows, POST answers. */
export function rsvpRoutes(deps: PublicPagesDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/r/preview', (c) => c.html(previewPage()));
  app.get('/r/:token', async (c) => {
    const form = await formOf(await contextOf(c, deps));
    if (!form) return c.html(unknownLink(), 404);
    return c.html(form.open ? rsvpPage(form, urlOf(c)) : closedPage(form));
  });
  app.get('/r/:token/done', async (c) => {
    const form = await formOf(await contextOf(c, deps));
    if (!form) return c.html(unknownLink(), 404);
    return c.html(confirmationPage(form, urlOf(c)));
  });
  app.post('/r/:token', (c) => submit(c, deps));
  app.all('/r/*', (c) => c.html(unknownLink(), 404));
  return app;
}
