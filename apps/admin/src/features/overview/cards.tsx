import type {
  DatabaseFacts,
  MailPage,
  OutboxReading,
  QueueReading,
  ServiceInstance,
} from '@wedsync/contracts/monitoring';
import { Card } from '@wedsync/ui/card';
import { formatAgo, formatCount } from '@wedsync/ui/format';
import { Link } from '@wedsync/ui/link';
import { Meter } from '@wedsync/ui/meter';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { StatusDot } from '@wedsync/ui/status-dot';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { formatBytes, formatShare, formatSpanRoughly } from '../../lib/quantities.ts';
import { serviceStates } from '../services/service-words.ts';
import { type QueryState, Reading } from '../shell/reading.tsx';

interface RoomCardProps<T> {
  title: string;
  href: string;
  label: string;
  query: QueryState<T>;
  children: (data: T) => ReactNode;
}

function RoomCard<T>({ title, href, label, query, children }: RoomCardProps<T>) {
  return (
    <Card
      title={title}
      actions={
        <Link href={href} className="text-sm" aria-label={`Details of ${label}`}>
          Details
        </Link>
      }
    >
      <Reading query={query} label={label}>
        {children}
      </Reading>
    </Card>
  );
}

export function ServicesCard({ query }: { query: QueryState<ServiceInstance[]> }) {
  return (
    <RoomCard title="Services" href={paths.services} label="services" query={query}>
      {(services) => (
        <ul className="m-0 list-none space-y-2.5 p-0">
          {services
            .filter((one) => one.state !== 'replaced')
            .slice(0, 8)
            .map((one) => (
              <li key={one.instance} className="flex flex-wrap items-baseline gap-x-3">
                <span className="min-w-0 flex-1 truncate">
                  <span className="font-medium capitalize">{one.service}</span>{' '}
                  <span className="text-ink-soft text-sm">{one.instance}</span>
                </span>
                <span className="text-sm">
                  <StatusDot tone={serviceStates[one.state].tone}>
                    {serviceStates[one.state].label}
                  </StatusDot>
                </span>
                <span className="tabular w-16 text-right text-ink-soft text-sm">
                  {one.databaseLatencyMs.toFixed(1)} ms
                </span>
              </li>
            ))}
          {services.length === 0 ? (
            <li className="text-ink-soft">No process has reported yet.</li>
          ) : null}
        </ul>
      )}
    </RoomCard>
  );
}

export function DatabaseCard({ query }: { query: QueryState<DatabaseFacts> }) {
  return (
    <RoomCard title="Database" href={paths.database} label="the database" query={query}>
      {(facts) => {
        const used = facts.connections.reduce((sum, group) => sum + group.connections, 0);
        return (
          <div className="space-y-5">
            <StatRow>
              <Stat label="Size" value={formatBytes(facts.sizeBytes)} />
              <Stat
                label="From memory"
                value={facts.cacheHitRatio === null ? '–' : formatShare(facts.cacheHitRatio)}
              />
              <Stat label="PostgreSQL" value={facts.version.split(' ')[0]} />
            </StatRow>
            <Meter label="Connections" value={used} max={facts.connectionsMax} />
          </div>
        );
      }}
    </RoomCard>
  );
}

interface WorkCardProps {
  queues: QueryState<QueueReading[]>;
  outbox: QueryState<OutboxReading>;
}

export function WorkCard({ queues, outbox }: WorkCardProps) {
  return (
    <RoomCard title="Background work" href={paths.queues} label="queues" query={queues}>
      {(readings) => {
        const sum = (key: 'waiting' | 'running' | 'failed' | 'doneLastHour') =>
          formatCount(readings.reduce((total, reading) => total + reading[key], 0));
        return (
          <StatRow>
            <Stat label="Running" value={sum('running')} />
            <Stat label="Waiting" value={sum('waiting')} />
            <Stat label="Failed" value={sum('failed')} />
            <Stat label="Done, last hour" value={sum('doneLastHour')} />
            <Stat
              label="Outbox lag"
              value={outbox.data ? formatSpanRoughly(outbox.data.lagMs) : '…'}
            />
          </StatRow>
        );
      }}
    </RoomCard>
  );
}

export function MailCard({ query }: { query: QueryState<MailPage> }) {
  return (
    <RoomCard title="Mail" href={paths.mail} label="mail" query={query}>
      {(page) => {
        if (page.kind === 'relay') {
          return (
            <p className="text-ink-soft">Mail leaves through your relay; none is kept here.</p>
          );
        }
        if (page.items.length === 0) {
          return <p className="text-ink-soft">No mail has been caught yet.</p>;
        }
        return (
          <ul className="m-0 list-none space-y-2 p-0">
            {page.items.slice(0, 4).map((mail) => (
              <li key={mail.mailId} className="flex items-baseline gap-3">
                <Link
                  variant="quiet"
                  href={`${paths.mail}?mail=${mail.mailId}`}
                  className="min-w-0 flex-1 truncate"
                >
                  {mail.subject || 'Without subject'}
                </Link>
                <span className="shrink-0 text-ink-soft text-sm">{formatAgo(mail.receivedAt)}</span>
              </li>
            ))}
            <li className="text-ink-soft text-sm">{formatCount(page.total)} caught in all</li>
          </ul>
        );
      }}
    </RoomCard>
  );
}
