import type {
  DatabaseFacts,
  OutboxReading,
  QueueReading,
  ServiceInstance,
  ServiceName,
} from '@wedsync/contracts/monitoring';
import { paths } from '../../lib/paths.ts';
import { formatSpan } from '../../lib/quantities.ts';

/** Something that wants an operator; `href` leads to the place where it can be looked into. */
export interface Problem {
  tone: 'critical' | 'caution';
  text: string;
  href: string;
}

/** What has been read so far; a part that could not be read is missing. */
export interface Readings {
  services?: readonly ServiceInstance[] | undefined;
  database?: DatabaseFacts | undefined;
  queues?: readonly QueueReading[] | undefined;
  outbox?: OutboxReading | undefined;
}

const connectionShareMax = 0.8;
const lagCautionMs = 10_000;
const lagCriticalMs = 60_000;
const transactionMsMax = 5 * 60_000;

const missing: Record<ServiceName, string> = {
  server: 'No server is running: nobody can reach WedSync.',
  worker: 'No worker is running: mail is not sent and no background work is done.',
};

function ofServices(services: readonly ServiceInstance[], now: number): Problem[] {
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(missing)) {
    const isUp = services.some((one) => one.service === name && one.state === 'up');
    if (!isUp) problems.push({ tone: 'critical', text, href: paths.services });
  }
  for (const one of services) {
    if (one.state !== 'down') continue;
    const silence = formatSpan(now - Date.parse(one.beatAt));
    const text = `The ${one.service} ${one.instance} has been silent for ${silence}.`;
    problems.push({ tone: 'caution', text, href: paths.services });
  }
  const refused = services
    .flatMap((one) => (one.state === 'up' ? one.pools : []))
    .reduce((sum, pool) => sum + pool.refused, 0);
  if (refused > 0) {
    const text = `${refused} requests found no free database connection since the processes started.`;
    problems.push({ tone: 'caution', text, href: paths.services });
  }
  return problems;
}

function ofDatabase(facts: DatabaseFacts): Problem[] {
  const problems: Problem[] = [];
  const used = facts.connections.reduce((sum, group) => sum + group.connections, 0);
  if (used > facts.connectionsMax * connectionShareMax) {
    const text = `${used} of ${facts.connectionsMax} database connections are taken.`;
    problems.push({ tone: 'critical', text, href: paths.database });
  }
  const pending = facts.migrations.pending.length;
  if (pending > 0) {
    const text = `${pending === 1 ? 'One migration has' : `${pending} migrations have`} not been applied yet.`;
    problems.push({ tone: 'caution', text, href: paths.database });
  }
  if (facts.oldestTransactionMs !== null && facts.oldestTransactionMs > transactionMsMax) {
    const text = `A transaction has been open for ${formatSpan(facts.oldestTransactionMs)}; it keeps clean-up from working.`;
    problems.push({ tone: 'caution', text, href: paths.database });
  }
  return problems;
}

function ofWork({ queues = [], outbox }: Readings): Problem[] {
  const problems: Problem[] = [];
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0);
  if (failed > 0) {
    const text =
      failed === 1 ? 'One job has failed for good.' : `${failed} jobs have failed for good.`;
    problems.push({ tone: 'caution', text, href: paths.queues });
  }
  if (outbox && outbox.lagMs > lagCautionMs) {
    const text = `Jobs wait ${formatSpan(outbox.lagMs)} before they reach the queue.`;
    problems.push({
      tone: outbox.lagMs > lagCriticalMs ? 'critical' : 'caution',
      text,
      href: paths.outbox,
    });
  }
  return problems;
}

/** Everything that wants an operator, the worst first. */
export function findProblems(readings: Readings, now: number): Problem[] {
  const problems = [
    ...(readings.services ? ofServices(readings.services, now) : []),
    ...(readings.database ? ofDatabase(readings.database) : []),
    ...ofWork(readings),
  ];
  return problems.sort((a, b) => Number(b.tone === 'critical') - Number(a.tone === 'critical'));
}
