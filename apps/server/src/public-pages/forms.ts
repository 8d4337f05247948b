import { DomainError } from '@wedsync/contracts/errors';
import type { HttpContext } from '../http-context.ts';
import { type Html, notice } from './layout.ts';

/** For the link of a household that does not exist (any more): all of these look alike. */
export const unknownLink = (): Html =>
  notice('This link does not work', [
    'It may be incomplete, or a newer one was sent to you since.',
    'Open the newest e-mail of the couple and use the link in it. If that does not help either, ask them for a new one.',
  ]);

/**
 * The fields of a form of ours.
 * @throws DomainError `invalid` for any other body
 */
export async function readFields(c: HttpContext): Promise<URLSearchParams> {
  const [type = ''] = (c.req.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw new DomainError('invalid', 'server.not-a-form', 'Open the page again and send the form.');
  }
  return new URLSearchParams(await c.req.text());
}
