import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openGatheringSocket } from './gathering-socket.ts';

it('holds the writes of one turn of the event loop back, and sends them whole and in order', async () => {
  const received: Buffer[] = [];
  const server = createServer((peer) => peer.on('data', (bytes) => received.push(bytes)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = openGatheringSocket({ host: ['127.0.0.1'], port: [port] });
  await once(socket, 'connect');
  const parts = Array.from({ length: 50 }, (_, index) => Buffer.alloc(2_000, index));
  for (const part of parts) socket.write(part);
  expect(socket.writableLength).toBe(100_000);
  await expect.poll(() => Buffer.concat(received).length).toBe(100_000);
  expect(Buffer.concat(received).equals(Buffer.concat(parts))).toBe(true);
  socket.end();
  await once(socket, 'close');
  server.close();
});

it('says, like every socket, that nobody listens there', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const socket = openGatheringSocket({ host: ['127.0.0.1'], port: [port] });
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});
