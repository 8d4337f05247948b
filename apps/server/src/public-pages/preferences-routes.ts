import { getHouseholdPreferences, updatePreferences } from '@wedsync/communications';
import { GuestId, type HouseholdId } from '@wedsync/contracts/ids';
import { findHouseholdByLink } from '@wedsync/guests';
import { createContext, type ServiceContext } from '@wedsync/service/context';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http-context.ts';
import { readFields, unknownLink } from './forms.ts';
import { preferencesPage } from './preferences-page.ts';
import { groundOf, type PublicPagesDeps, requireOwnForm } from './request.ts';

interface Household {
  ctx: ServiceContext;
  householdId: HouseholdId;
}

/** The link admits to one household; what it may see of messages is asked for in the system's name. */
async function householdOf(c: HttpContext, deps: PublicPagesDeps): Promise<Household | null> {
  const scope = await findHouseholdByLink(deps.db, c.req.param('token') ?? '');
  if (scope?.actor.kind !== 'guest_link') return null;
  const { orgId, weddingId, actor } = scope;
  const system = { kind: 'system', name: 'preference-page' } as const;
  const ctx = createContext(groundOf(c, deps), { actor: system, orgId, weddingId });
  return { ctx, householdId: actor.householdId };
}

const urlOf = (c: HttpContext) => `/r/${c.req.param('token') ?? ''}/preferences`;

/** Ticks that are missing are taken back, for the people who stood on the page. */
function choicesOf(fields: URLSearchParams) {
  return fields.getAll('guest').flatMap((id) => {
    const guestId = GuestId.safeParse(id);
    if (!guestId.success) return [];
    const isOn = (channel: string) => fields.get(`${channel}-${id}`) === 'on';
    return [{ guestId: guestId.data, email: isOn('email'), sms: isOn('sms') }];
  });
}

/** How a household wants to be written to: GET shows, POST decides. */
export function preferencesRoutes(deps: PublicPagesDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/r/:token/preferences', async (c) => {
    const household = await householdOf(c, deps);
    if (!household) return c.html(unknownLink(), 404);
    const { ctx, householdId } = household;
    const preferences = await getHouseholdPreferences(ctx, householdId);
    return c.html(preferencesPage(preferences, urlOf(c), c.req.query('saved') === 'yes'));
  });
  app.post('/r/:token/preferences', async (c) => {
    requireOwnForm(c, deps.origins);
    const fields = await readFields(c);
    const household = await householdOf(c, deps);
    if (!household) return c.html(unknownLink(), 404);
    const { ctx, householdId } = household;
    await updatePreferences(ctx, { householdId, choices: choicesOf(fields) });
    // Reloading the next page must not send the form again.
    return c.redirect(`${urlOf(c)}?saved=yes`, 303);
  });
  return app;
}
