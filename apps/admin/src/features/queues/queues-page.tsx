import { useQuery } from '@tanstack/react-query';
import type { QueueReading } from '@wedsync/contracts/monitoring';
import { Card } from '@wedsync/ui/card';
import { formatCount } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { queueWords } from '../../lib/job-words.ts';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';
import { FailedJobs } from './failed-jobs.tsx';

/** The queues with their jobs by state, and the jobs that failed for good. */
export function QueuesPage() {
  const live = useLive();
  const queues = useQuery({
    ...trpc.monitoring.listQueues.queryOptions(),
    ...live,
  });
  return (
    <Page title="Queues" note={<AsOf at={queues.dataUpdatedAt} />} actions={<PauseButton />}>
      <div className="flex flex-col gap-4">
        <Reading query={queues} label="queues">
          {(readings) => (
            <div className="grid gap-4 lg:grid-cols-3">
              {readings.map((reading) => (
                <QueueCard key={reading.queue} reading={reading} />
              ))}
            </div>
          )}
        </Reading>
        <FailedJobs />
      </div>
    </Page>
  );
}

function QueueCard({ reading }: { reading: QueueReading }) {
  const words = queueWords[reading.queue];
  return (
    <Card title={words?.title ?? reading.queue} note={words?.note}>
      <StatRow>
        <Stat label="Running" value={formatCount(reading.running)} />
        <Stat label="Waiting" value={formatCount(reading.waiting + reading.pending)} />
        <Stat label="Planned" value={formatCount(reading.scheduled)} />
        <Stat label="Failed" value={formatCount(reading.failed)} />
        <Stat label="Done, last hour" value={formatCount(reading.doneLastHour)} />
      </StatRow>
    </Card>
  );
}
