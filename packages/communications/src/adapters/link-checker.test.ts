import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLinks, type LinkCheckerOptions } from './link-checker.ts';

const asked: string[] = [];
let server: Server;
let origin = '';
let options: LinkCheckerOptions;

/** Names of the tests, and where they lead. */
const names: Record<string, string[]> = {
  'alive.example': ['127.0.0.1'],
  'inside.example': ['10.0.0.1'],
  'both.example': ['127.0.0.1', '169.254.169.254'],
};
const lookup = ((name: string, _options: object, done: (...answer: unknown[]) => void) => {
  const addresses = names[name];
  if (!addresses) {
    return done(
      Object.assign(new Error('not found'), {
        code: name === 'offline.example' ? 'EAI_AGAIN' : 'ENOTFOUND',
      }),
    );
  }
  return done(
    null,
    addresses.map((address) => ({ address, family: 4 })),
  );
}) as never;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    asked.push(`${method} ${url}`);
    const redirect = (location: string) => response.writeHead(302, { location }).end();
    if (url === '/gone') return response.writeHead(404).end();
    if (url === '/no-head') return response.writeHead(method === 'HEAD' ? 405 : 200).end('x');
    if (url === '/moved') return redirect('/page');
    if (url === '/to-inside') return redirect(`http://inside.example:${port()}/secret`);
    if (url === '/to-number') return redirect('http://169.254.169.254/latest/meta-data');
    if (url === '/to-file') return redirect('file:///etc/passwd');
    if (url === '/loop') return redirect('/loop');
    if (url === '/slow') return undefined;
    if (url === '/error') return response.writeHead(502).end();
    if (url === '/members') return response.writeHead(403).end();
    return response.writeHead(200).end('page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://alive.example:${port()}`;
  options = {
    lookup,
    isAllowed: (address) => address === '127.0.0.1',
    ports: [port()],
    timeoutMs: 400,
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const port = () => (server.address() as AddressInfo).port;
const check = async (link: string) => {
  const [found] = await checkLinks([link], options);
  return found;
};

describe('a link', () => {
  it.each([
    ['/page', 'alive', 200],
    ['/moved', 'alive', 200],
    ['/no-head', 'alive', 200],
    ['/members', 'alive', 403],
    ['/gone', 'dead', 404],
    ['/error', 'unreachable', 502],
    ['/slow', 'unreachable', null],
    ['/loop', 'refused', null],
    ['/to-inside', 'refused', null],
    ['/to-number', 'refused', null],
    ['/to-file', 'refused', null],
  ])('to %s is %s', async (path, verdict, status) => {
    expect(await check(origin + path)).toMatchObject({ verdict, status, note: expect.any(String) });
  });

  it.each([
    ['http://unknown.example/', 'dead'],
    ['http://offline.example/', 'not_checked'],
    ['ftp://alive.example/', 'refused'],
    ['http://user:secret@alive.example/', 'refused'],
  ])('%s is %s', async (link, verdict) => {
    const at = new URL(link);
    if (at.protocol === 'http:') at.port = String(port());
    expect(await check(at.href)).toMatchObject({ verdict });
  });

  it('is not followed into the network that the server stands in, by name, number or mixture', async () => {
    const before = asked.length;
    for (const host of ['inside.example', 'both.example', '10.0.0.1', '[::1]', '0x7f000001']) {
      expect(await check(`http://${host}:${port()}/`)).toMatchObject({
        verdict: host === '0x7f000001' ? expect.any(String) : 'refused',
      });
    }
    expect(await check(`http://127.0.0.1:${port() + 1}/`)).toMatchObject({ verdict: 'refused' });
    expect(asked.slice(before).filter((line) => !line.endsWith(' /'))).toEqual([]);
  });

  it('to this machine is refused by the rules that hold outside of tests', async () => {
    const before = asked.length;
    const own = [`http://127.0.0.1:${port()}/`, 'http://localhost/', 'http://[::ffff:7f00:1]/'];
    for (const found of await checkLinks(own)) expect(found).toMatchObject({ verdict: 'refused' });
    expect(asked.length).toBe(before);
  });

  it('that is no address at all is unreachable and stops nothing', async () => {
    const found = await checkLinks(['https://', origin], options);
    expect(found.map(({ verdict }) => verdict)).toEqual(['unreachable', 'alive']);
  });
});
