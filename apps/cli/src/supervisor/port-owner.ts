import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DomainError } from '@wedsync/contracts/errors';
import { isPortFree } from '@wedsync/platform/embedded/free-port';
import { commandLine } from '@wedsync/platform/embedded/process-identity';

const run = promisify(execFile);
const listening = '0A';

/**
 * Makes sure that `port` can be listened on.
 * @throws DomainError unavailable, naming the port, the program that has it where that can be
 * known, and the variable that chooses another
 */
export async function requirePort(port: number, variable: string, host: string): Promise<void> {
  if (await isPortFree(port, host)) return;
  const pid = await portOwner(port);
  const owner = pid ? `${shorten(await commandLine(pid))} (process ${pid})` : 'another program';
  throw new DomainError(
    'unavailable',
    'cli.port_taken',
    `Port ${port} is taken by ${owner}. End it, or choose another port: ${variable}=${port + 1000} npm start`,
    { port, pid },
  );
}

/** The process that listens on `port`, if this user is allowed to know it. */
export async function portOwner(port: number): Promise<number | undefined> {
  if (process.platform !== 'linux') {
    const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
    const { stdout } = await run('lsof', args).catch(() => ({ stdout: '' }));
    const pid = Number(stdout.trim().split('\n')[0]);
    return pid > 0 ? pid : undefined;
  }
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const inode of listeningInodes(text, port)) inodes.add(`socket:[${inode}]`);
  }
  return inodes.size > 0 ? processWithSocket(inodes) : undefined;
}

/** Socket inodes that listen on `port`, from the text of /proc/net/tcp. */
export function listeningInodes(text: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
    .map((fields) => fields[9] ?? '')
    .filter((inode) => inode !== '' && inode !== '0');
}

async function processWithSocket(sockets: ReadonlySet<string>): Promise<number | undefined> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of files) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (sockets.has(target)) return Number(pid);
    }
  }
  return undefined;
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 57)}…` : command || 'another program';
}
