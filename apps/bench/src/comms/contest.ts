import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnv } from '@wedsync/platform/env';

/** What every contestant sends. */
export interface Letter {
  subject: string;
  html: string;
  text: string;
}

export interface ContestOrder extends Letter {
  smtpUrl: string;
  messages: number;
  connections: number;
  /** Of the conventional harness: where its recipients and its queue are. */
  databaseUrl: string;
  redisUrl?: string | undefined;
}

/** What a contestant prints when it is done; the start of the process is not counted. */
export interface ContestReport {
  perSecond: number;
  cpuMsPerMessage: number;
}

/** Runs a contestant as a process of its own. */
export async function runContestant(
  name: 'nodemailer-loop' | 'job-per-message',
  order: ContestOrder,
): Promise<ContestReport> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: childEnv({}),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  if (!text) throw new Error(`${name} ended without a report`);
  return JSON.parse(text) as ContestReport;
}

/** In a contestant's process: its order. */
export async function readOrder(): Promise<ContestOrder> {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return JSON.parse(text) as ContestOrder;
}

/** In a contestant's process: runs `work` and prints the report. */
export async function reportOf(messages: number, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const report: ContestReport = {
    perSecond: (messages * 1_000) / tookMs,
    cpuMsPerMessage: (user + system) / 1_000 / messages,
  };
  process.stdout.write(JSON.stringify(report));
}
