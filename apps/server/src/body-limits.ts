import { DomainError } from '@wedsync/contracts/errors';
import { bodyLimit } from 'hono/body-limit';
import { errorResponse } from './error-response.ts';
import type { HttpContext } from './http-context.ts';

const mebibyte = 1_048_576;
/** A file of 10 MB is 13.4 MB as base64. */
const importBytesMax = 14 * mebibyte;
const bodyBytesMax = 1 * mebibyte;

/** Procedures that take a whole file, base64 inside JSON; never as part of a batch. */
const filePaths = new Set(['/trpc/guests.previewImport', '/trpc/guests.applyImport']);

const tooLarge = (mebibytes: number) => (c: HttpContext) => {
  const message = `This is larger than the ${mebibytes} MB that can be taken at once. Split it and try again.`;
  return errorResponse(c, new DomainError('limit', 'server.body-too-large', message), 413);
};

const ordinary = bodyLimit({ maxSize: bodyBytesMax, onError: tooLarge(1) });
const file = bodyLimit({ maxSize: importBytesMax, onError: tooLarge(10) });

/** Refuses bodies before they are read; a body without length is counted while it is read. */
export function bodyLimits(c: HttpContext, next: () => Promise<void>) {
  // Reading `body` builds the whole Request object, which a GET has no use for.
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  return filePaths.has(c.req.path) ? file(c, next) : ordinary(c, next);
}
