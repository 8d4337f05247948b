import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { LinkVerdict, MessageChecks } from '@wedsync/contracts/communications-control';
import { isPublicAddress } from './public-address.ts';

export type CheckedLink = MessageChecks['links'][number];

export interface LinkCheckerOptions {
  /** Resolves names; the system's unless a test brings its own. */
  lookup?: typeof systemLookup;
  /** Which addresses may be asked. */
  isAllowed?: (address: string) => boolean;
  /** Which ports may be asked. */
  ports?: readonly number[];
  timeoutMs?: number;
}

const timeoutMsDefault = 6_000;
const redirectsMax = 4;
const atOnce = 5;
const agent = 'WedSync link check';

/** Where a link must not lead, whatever answers there. */
class RefusedError extends Error {}

/**
 * A lookup that only ever answers with allowed addresses. The connection is made to what this checked:
 * a name that resolves to something else a moment later gains nothing.
 */
function guardedLookup({ lookup = systemLookup, isAllowed = isPublicAddress }: LinkCheckerOptions) {
  const guarded: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 4);
      const addresses = found as LookupAddress[];
      const [first] = addresses;
      // One private address among public ones is enough: it might be the one that is taken.
      if (!first || addresses.some(({ address }) => !isAllowed(address))) {
        return callback(new RefusedError('not a public address'), '', 4);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
  return guarded;
}

function requireAllowed(url: URL, options: LinkCheckerOptions): void {
  const { isAllowed = isPublicAddress, ports = [80, 443] } = options;
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedError('not a web address');
  if (url.username || url.password) throw new RefusedError('it holds credentials');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (!ports.includes(port)) throw new RefusedError('an unusual port');
  // Names go through the lookup; numbers do not.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw new RefusedError('not a public address');
}

interface Answer {
  status: number;
  location: string | undefined;
}

/** Asks for the headers of a page and hangs up before its content. */
function ask(url: URL, method: 'HEAD' | 'GET', options: LinkCheckerOptions): Promise<Answer> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(options.timeoutMs ?? timeoutMsDefault);
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': agent, accept: '*/*' };
    const asked = request(
      url,
      {
        method,
        headers,
        signal,
        lookup: guardedLookup(options),
        agent: false,
        maxHeaderSize: 16_384,
      },
      (response: IncomingMessage) => {
        const { statusCode: status = 0, headers: answered } = response;
        response.destroy();
        resolve({ status, location: answered.location });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

/** Servers that do not know HEAD, or say no to it, are asked like a browser would. */
const unclear = new Set([400, 403, 404, 405, 406, 429, 500, 501, 503]);

async function follow(first: URL, options: LinkCheckerOptions): Promise<number> {
  let url = first;
  for (let hops = 0; hops <= redirectsMax; hops++) {
    requireAllowed(url, options);
    let answer = await ask(url, 'HEAD', options);
    if (unclear.has(answer.status)) answer = await ask(url, 'GET', options);
    const { status, location } = answer;
    if (status < 300 || status >= 400 || !location) return status;
    url = new URL(location, url);
  }
  throw new RefusedError('it redirects without end');
}

function judge(status: number): { verdict: LinkVerdict; note: string } {
  if (status === 401 || status === 403 || status === 429) {
    return { verdict: 'alive', note: 'The page is there, but lets nobody in without signing in' };
  }
  if (status >= 200 && status < 400) return { verdict: 'alive', note: 'The page answers' };
  if (status === 404 || status === 410) return { verdict: 'dead', note: 'There is no such page' };
  return { verdict: 'unreachable', note: `The server answers with an error (${status})` };
}

const failures: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no server of this name',
  EAI_AGAIN: 'Names cannot be looked up at the moment',
  ECONNREFUSED: 'Nothing answers there',
  ECONNRESET: 'The server hung up',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired',
};

function describeFailure(error: unknown): { verdict: LinkVerdict; note: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof RefusedError)
    return { verdict: 'refused', note: `Not checked: ${cause.message}` };
  const { code = '', name = '' } = cause as { code?: string; name?: string };
  if (code === 'EAI_AGAIN') return { verdict: 'not_checked', note: failures[code] ?? '' };
  if (code === 'ENOTFOUND') return { verdict: 'dead', note: failures[code] ?? '' };
  const isSlow = name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR';
  const note = isSlow
    ? 'The server does not answer in time'
    : (failures[code] ?? 'It cannot be reached');
  return { verdict: 'unreachable', note };
}

async function checkOne(link: string, options: LinkCheckerOptions): Promise<CheckedLink> {
  try {
    const status = await follow(new URL(link), options);
    return { url: link, status, ...judge(status) };
  } catch (error) {
    return { url: link, status: null, ...describeFailure(error) };
  }
}

/**
 * Looks whether links lead somewhere. What it asks is chosen by whoever writes a text, so it goes to
 * public addresses only, also after redirects, reads no content, and gives up soon.
 */
export async function checkLinks(
  links: readonly string[],
  options: LinkCheckerOptions = {},
): Promise<CheckedLink[]> {
  const checked: CheckedLink[] = [];
  for (let start = 0; start < links.length; start += atOnce) {
    const some = links.slice(start, start + atOnce);
    checked.push(...(await Promise.all(some.map((link) => checkOne(link, options)))));
  }
  return checked;
}
