import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '@wedsync/api/types';
import { demoAccount } from '../supervisor/demo-accounts.ts';
import type { DemoContext } from './step.ts';

export type PlannerClient = TRPCClient<AppRouter>;

/** Signs in over HTTP as a browser does. @returns the `Cookie` header of the session */
export async function signIn(webUrl: string, signal: AbortSignal): Promise<string> {
  const { email, password } = demoAccount('owner');
  const answer = await fetch(`${webUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: webUrl },
    body: JSON.stringify({ email, password }),
    signal,
  });
  if (!answer.ok) throw new Error(`sign-in was refused with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

/** The demo planner at work: the typed client that web uses, with a session of its own. */
export async function planner({ webUrl, signal }: DemoContext): Promise<PlannerClient> {
  const cookie = await signIn(webUrl, signal);
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${webUrl}/trpc`, headers: { cookie, origin: webUrl } })],
  });
}
