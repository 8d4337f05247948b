import { connect, type Socket } from 'node:net';

/** What postgres.js (3.4.9) hands to its `socket` option; one host, because ours has one. */
interface Where {
  host: string[];
  port: number[];
  /** Of a Unix socket. */
  path?: string | false;
}

/** Writes of one turn of the event loop leave in one system call, at the end of that turn. */
function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...parameters: unknown[]) => boolean;
  const flush = () => socket.uncork();
  socket.write = (...parameters: unknown[]) => {
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(flush);
    }
    return write(...parameters);
  };
}

/**
 * Opens a connection to PostgreSQL whose writes are gathered. postgres.js flushes whenever it holds a
 * kilobyte, which is one read of ours: with some dozen requests in a turn, the system calls cost
 * more than the statements. It is handed out before it is connected, so that failing to connect is
 * reported as on any other socket.
 */
export function openGatheringSocket({ host: [host], port: [port], path }: Where): Socket {
  const socket = path ? connect({ path }) : connect({ host: host ?? '', port: port ?? 0 });
  gatherWrites(socket);
  // TLS asks the socket whom it talks to.
  return Object.assign(socket, { host, port });
}
