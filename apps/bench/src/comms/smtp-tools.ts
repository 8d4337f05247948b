import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '@wedsync/platform/embedded/free-port';

/** Both are of Debian's package postfix. */
const tools = { sink: '/usr/sbin/smtp-sink', source: '/usr/sbin/smtp-source' } as const;

export interface SmtpSink {
  url: string;
  port: number;
  stop(): Promise<void>;
}

function requireTools(): void {
  const missing = Object.values(tools).filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')}: install Debian's package postfix`);
}

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Starts Postfix's `smtp-sink`, which takes everything and keeps nothing. */
export async function startSmtpSink(): Promise<SmtpSink> {
  requireTools();
  const port = await findFreePort();
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(tools.sink, [...user, `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`smtp-sink ended (${child.exitCode})`);
    await wait(20);
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

/** Sends with Postfix's `smtp-source` over 20 connections that stay open; returns e-mails a second. */
export async function runSmtpSource(
  sink: SmtpSink,
  { messages, bytes }: { messages: number; bytes: number },
): Promise<number> {
  requireTools();
  const options = ['-d', '-s', '20', '-m', String(messages), '-l', String(bytes)];
  const envelope = ['-f', 'sender@example.com', '-t', 'guest@example.com'];
  const startedAt = performance.now();
  const child = spawn(tools.source, [...options, ...envelope, `127.0.0.1:${sink.port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await ended(child);
  if (child.exitCode !== 0) throw new Error(`smtp-source ended with ${child.exitCode}`);
  return (messages * 1_000) / (performance.now() - startedAt);
}
