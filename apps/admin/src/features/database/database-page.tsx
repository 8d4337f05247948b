import { useQuery } from '@tanstack/react-query';
import type { ConnectionGroup, DatabaseFacts } from '@wedsync/contracts/monitoring';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { formatCount, formatMoment } from '@wedsync/ui/format';
import { Meter } from '@wedsync/ui/meter';
import { Page } from '@wedsync/ui/page-shell';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useLive } from '../../lib/live.ts';
import { formatBytes, formatShare, formatSpanRoughly } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { Facts } from '../shell/facts.tsx';
import { AsOf, PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';

/** What each login is for. */
const roleWords: Record<string, string> = {
  wedsync_app: 'Server',
  wedsync_worker: 'Worker',
  wedsync_auth: 'Sign-in',
  wedsync_monitor: 'Monitoring',
  wedsync_owner: 'Migrations',
  wedsync_tuner: 'Tuning',
  wedsync_backup: 'Backups',
  postgres: 'Administrator',
};
const stateWords: Record<string, string> = {
  active: 'Working',
  idle: 'Idle',
  'idle in transaction': 'Open transaction, idle',
  'idle in transaction (aborted)': 'Failed transaction, idle',
  starting: 'Connecting',
};

const columns: readonly TableColumn<ConnectionGroup>[] = [
  {
    id: 'role',
    header: 'Login',
    isRowHeader: true,
    cell: ({ role }) => (
      <>
        <span className="font-medium">{roleWords[role] ?? role}</span>
        {roleWords[role] ? <span className="block text-ink-soft text-sm">{role}</span> : null}
      </>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => stateWords[state] ?? state },
  {
    id: 'connections',
    header: 'Connections',
    align: 'end',
    cell: ({ connections }) => formatCount(connections),
  },
];

/** What PostgreSQL says of itself. */
export function DatabasePage() {
  const live = useLive();
  const database = useQuery({
    ...trpc.monitoring.getDatabase.queryOptions(),
    ...live,
  });
  return (
    <Page title="Database" note={<AsOf at={database.dataUpdatedAt} />} actions={<PauseButton />}>
      <Reading query={database} label="the database">
        {(facts) => (
          <div className="flex flex-col gap-4">
            <FactsCard facts={facts} />
            <div className="grid items-start gap-4 xl:grid-cols-2">
              <ConnectionsCard facts={facts} />
              <MigrationsCard facts={facts} />
            </div>
          </div>
        )}
      </Reading>
    </Page>
  );
}

function FactsCard({ facts }: { facts: DatabaseFacts }) {
  const total = facts.transactionsCommitted + facts.transactionsRolledBack;
  return (
    <Card
      title={`PostgreSQL ${facts.version.split(' ')[0]}`}
      note={`Running since ${formatMoment(facts.startedAt)}`}
    >
      <StatRow>
        <Stat label="Up for" value={formatSpanRoughly(Date.now() - Date.parse(facts.startedAt))} />
        <Stat label="Size" value={formatBytes(facts.sizeBytes)} />
        <Stat
          label="From memory"
          value={facts.cacheHitRatio === null ? '–' : formatShare(facts.cacheHitRatio)}
          note="the rest from disk"
        />
        <Stat
          label="Rolled back"
          value={total > 0 ? formatShare(facts.transactionsRolledBack / total) : '–'}
          note={`of ${formatCount(total)} transactions`}
        />
        <Stat label="Deadlocks" value={formatCount(facts.deadlocks)} />
        <Stat
          label="Oldest transaction"
          value={
            facts.oldestTransactionMs === null
              ? 'None'
              : formatSpanRoughly(facts.oldestTransactionMs)
          }
        />
      </StatRow>
    </Card>
  );
}

function ConnectionsCard({ facts }: { facts: DatabaseFacts }) {
  const used = facts.connections.reduce((sum, group) => sum + group.connections, 0);
  return (
    <Card title="Connections" isFlush>
      <div className="px-5 pb-4">
        <Meter label="Taken" value={used} max={facts.connectionsMax} />
      </div>
      <Table
        label="Connections by login and state"
        columns={columns}
        rows={facts.connections}
        rowId={({ role, state }) => `${role} ${state}`}
      />
    </Card>
  );
}

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function MigrationsCard({ facts }: { facts: DatabaseFacts }) {
  const { applied, latest, latestAt, pending } = facts.migrations;
  return (
    <Card title="Migrations">
      <div className="flex flex-col gap-4">
        {pending.length > 0 ? (
          <Callout tone="caution" title="Not applied yet">
            <ul className="m-0 list-none p-0 font-mono text-sm">
              {pending.map((path) => (
                <li key={path}>{fileName(path)}</li>
              ))}
            </ul>
            <p className="mt-2">
              Run <code className="font-mono text-sm">pnpm wedsync migrate</code>.
            </p>
          </Callout>
        ) : (
          <Callout tone="positive" title="The database is up to date" />
        )}
        <Facts
          facts={[
            ['Applied', formatCount(applied)],
            [
              'Latest',
              latest ? (
                <code key="latest" className="font-mono text-sm">
                  {fileName(latest)}
                </code>
              ) : (
                'None'
              ),
            ],
            ['Applied at', latestAt ? formatMoment(latestAt) : '–'],
          ]}
        />
      </div>
    </Card>
  );
}
