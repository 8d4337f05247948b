import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listeningInodes, portOwner, requirePort } from './port-owner.ts';

const server = createServer();
let port = 0;
beforeEach(
  () =>
    new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        port = typeof address === 'object' && address ? address.port : 0;
        resolve();
      });
    }),
);
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('requirePort', () => {
  it('names the port, the program and the way to another port', async () => {
    const refusal = requirePort(port, 'WEB_PORT', '127.0.0.1');
    await expect(refusal).rejects.toThrow(`Port ${port} is taken by`);
    await expect(refusal).rejects.toThrow(`(process ${process.pid})`);
    await expect(refusal).rejects.toThrow(`WEB_PORT=${port + 1000} npm start`);
  });
});

describe('portOwner', () => {
  it('finds this very process', async () => {
    expect(await portOwner(port)).toBe(process.pid);
  });
});

describe('listeningInodes', () => {
  it('reads listeners of the port from /proc/net/tcp and passes over connections', () => {
    const text = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1',
      '   1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4343 1',
      '   2: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4444 1',
    ].join('\n');
    expect(listeningInodes(text, 3000)).toEqual(['4242']);
  });
});
