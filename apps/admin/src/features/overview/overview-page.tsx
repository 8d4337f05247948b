import { useQuery } from '@tanstack/react-query';
import { Callout } from '@wedsync/ui/callout';
import { Link } from '@wedsync/ui/link';
import { Page } from '@wedsync/ui/page-shell';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { DatabaseCard, MailCard, ServicesCard, WorkCard } from './cards.tsx';
import { findProblems, type Problem } from './find-problems.ts';

/** Health at a glance: what wants attention first, then the main figures of each room. */
export function OverviewPage() {
  const live = useLive();
  const services = useQuery({ ...trpc.monitoring.listServices.queryOptions(), ...live });
  const database = useQuery({ ...trpc.monitoring.getDatabase.queryOptions(), ...live });
  const queues = useQuery({ ...trpc.monitoring.listQueues.queryOptions(), ...live });
  const outbox = useQuery({ ...trpc.monitoring.getOutbox.queryOptions(), ...live });
  const mail = useQuery({ ...trpc.monitoring.listMails.queryOptions({ limit: 5 }), ...live });

  const all = [services, database, queues, outbox, mail];
  const isRead = all.every((query) => query.data !== undefined);
  const hasFailed = all.some((query) => query.error);
  const problems = findProblems(
    {
      services: services.data,
      database: database.data,
      queues: queues.data,
      outbox: outbox.data,
    },
    Date.now(),
  );
  const oldest = Math.min(...all.map((query) => query.dataUpdatedAt));
  return (
    <Page title="Overview" note={<AsOf at={oldest} />} actions={<PauseButton />}>
      <div className="mb-5">
        <Verdict problems={problems} isRead={isRead} hasFailed={hasFailed} />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <ServicesCard query={services} />
        <DatabaseCard query={database} />
        <WorkCard queues={queues} outbox={outbox} />
        <MailCard query={mail} />
      </div>
    </Page>
  );
}

interface VerdictProps {
  problems: readonly Problem[];
  isRead: boolean;
  hasFailed: boolean;
}

function Verdict({ problems, isRead, hasFailed }: VerdictProps) {
  if (problems.length > 0) {
    const isCritical = problems.some((problem) => problem.tone === 'critical');
    const count = problems.length === 1 ? 'One thing needs' : `${problems.length} things need`;
    return (
      <Callout tone={isCritical ? 'critical' : 'caution'} title={`${count} attention`}>
        <ul className="m-0 mt-1 list-disc space-y-1 pl-5">
          {problems.map((problem) => (
            <li key={problem.text}>
              {problem.text} <Link href={problem.href}>Look into it</Link>
            </li>
          ))}
        </ul>
      </Callout>
    );
  }
  if (hasFailed) {
    return (
      <Callout tone="caution" title="Not everything could be read">
        The cards below say what is missing.
      </Callout>
    );
  }
  if (!isRead) return <Callout tone="info" title="Looking around…" />;
  return (
    <Callout tone="positive" title="Everything is running">
      Every process answers, jobs flow, and nothing has failed.
    </Callout>
  );
}
