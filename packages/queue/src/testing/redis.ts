import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { debianPackages } from '@wedsync/platform/required-package';

export interface TestRedis {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/**
 * A Redis of one's own on loopback: nothing on disk, nothing evicted. On a free port, or on the
 * port of one that was stopped, to play its return after an outage.
 */
export async function startTestRedis(samePort?: number): Promise<TestRedis> {
  const port = samePort ?? (await findFreePort());
  const settings = `--port ${port} --bind 127.0.0.1 --appendonly no --maxmemory-policy noeviction`;
  const server = spawn(debianPackages['redis-server'], [...settings.split(' '), '--save', ''], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stopWithProcess = () => server.kill('SIGKILL');
  process.once('exit', stopWithProcess);
  await ready(server);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      process.off('exit', stopWithProcess);
      if (server.exitCode !== null) return;
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

async function ready(server: ChildProcess): Promise<void> {
  if (!server.stdout) throw new Error('redis-server was started without standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) {
      server.stdout.resume();
      return;
    }
  }
  throw new Error('redis-server ended before it was ready');
}
