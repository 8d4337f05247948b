import { useQuery } from '@tanstack/react-query';
import type {
  BounceClass,
  BounceOverview,
  MailProvider,
} from '@wedsync/contracts/communications-feedback';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatCount } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { MailX } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { formatShare } from '../../lib/quantities.ts';
import { trpc } from '../../lib/trpc.ts';
import { PauseButton } from '../shell/live-control.tsx';
import { Reading } from '../shell/reading.tsx';

const providerWords: Record<MailProvider, string> = {
  google: 'Google',
  microsoft: 'Microsoft',
  yahoo: 'Yahoo',
  apple: 'Apple',
  gmx: 'GMX and WEB.DE',
  proton: 'Proton',
  orange: 'Orange',
  libero: 'Libero',
  mailru: 'Mail.ru',
  tencent: 'Tencent',
  netease: 'NetEase',
  other: 'Others',
};

const classWords: Record<BounceClass, [StatusTone, string]> = {
  hard: ['critical', 'Will never work'],
  soft: ['caution', 'May work another time'],
  blocked: ['critical', 'We were refused'],
};

type CodeRow = BounceOverview['byCode'][number];

const codeColumns: readonly TableColumn<CodeRow>[] = [
  {
    id: 'meaning',
    header: 'What they said',
    isRowHeader: true,
    cell: ({ meaning, code }) => (
      <>
        <span className="font-medium">{meaning}</span>
        <span className="block text-ink-soft text-sm">{code}</span>
      </>
    ),
  },
  { id: 'provider', header: 'Mail of', cell: ({ provider }) => providerWords[provider] },
  {
    id: 'class',
    header: 'Kind',
    cell: ({ bounceClass }) => (
      <StatusDot tone={classWords[bounceClass][0]}>{classWords[bounceClass][1]}</StatusDot>
    ),
  },
  { id: 'count', header: 'Times', align: 'end', cell: ({ count }) => formatCount(count) },
];

type DayRow = BounceOverview['byDay'][number];

const dayColumns: readonly TableColumn<DayRow>[] = [
  { id: 'day', header: 'Day', isRowHeader: true, cell: ({ day }) => day },
  {
    id: 'delivered',
    header: 'Delivered',
    align: 'end',
    cell: ({ delivered }) => formatCount(delivered),
  },
  { id: 'bounced', header: 'Came back', align: 'end', cell: ({ bounced }) => formatCount(bounced) },
  {
    id: 'complained',
    header: 'Unwanted',
    align: 'end',
    cell: ({ complained }) => formatCount(complained),
  },
];

type RefusedRow = BounceOverview['refused'][number];

const refusedColumns: readonly TableColumn<RefusedRow>[] = [
  { id: 'reason', header: 'Why', isRowHeader: true, cell: ({ reason }) => reason },
  { id: 'source', header: 'Came by', cell: ({ source }) => source },
  { id: 'count', header: 'Times', align: 'end', cell: ({ count }) => formatCount(count) },
];

const spans = [
  { value: '1', label: 'Day' },
  { value: '7', label: 'Week' },
  { value: '30', label: 'Month' },
  { value: '90', label: 'Quarter' },
] as const;

/** What came back over all weddings: by whose mail system, why, and how often. */
export function BouncesPage() {
  const live = useLive();
  const [days, setDays] = useState<(typeof spans)[number]['value']>('7');
  const bounces = useQuery({
    ...trpc.communications.getBounceOverview.queryOptions({ days: Number(days) }),
    ...live,
    placeholderData: (old) => old,
  });
  return (
    <Page
      title="Bounces"
      note="Over all weddings; codes and mail systems, never addresses."
      actions={<PauseButton />}
    >
      <RadioGroup
        label="Time"
        isLabelHidden
        look="segments"
        orientation="horizontal"
        options={spans}
        value={days}
        onChange={setDays}
        className="mb-4"
      />
      <Reading query={bounces} label="bounces">
        {(overview) => <Overview overview={overview} />}
      </Reading>
    </Page>
  );
}

function Overview({ overview }: { overview: BounceOverview }) {
  const { totals, byCode, byDay, refused } = overview;
  const bounced = totals.bouncedHard + totals.bouncedSoft + totals.bouncedBlocked;
  const ended = totals.delivered + bounced;
  return (
    <div className="flex flex-col gap-4">
      <Card title="Altogether">
        <StatRow>
          <Stat label="Delivered" value={formatCount(totals.delivered)} />
          <Stat
            label="Came back"
            value={formatCount(bounced)}
            note={ended > 0 ? formatShare(bounced / ended) : undefined}
          />
          <Stat label="Never to work" value={formatCount(totals.bouncedHard)} />
          <Stat label="We were refused" value={formatCount(totals.bouncedBlocked)} />
          <Stat label="Unwanted" value={formatCount(totals.complained)} />
          <Stat label="Unsubscribed" value={formatCount(totals.unsubscribed)} />
          <Stat label="Delayed" value={formatCount(totals.deferred)} />
          <Stat label="Automatic replies" value={formatCount(totals.autoReplied)} />
        </StatRow>
      </Card>
      <Card title="By code" isFlush>
        {byCode.length > 0 ? (
          <Table
            label="Bounces by code"
            columns={codeColumns}
            rows={byCode}
            rowId={({ provider, bounceClass, code }) => `${provider} ${bounceClass} ${code}`}
          />
        ) : (
          <EmptyState icon={<MailX />} title="Nothing came back">
            Reports about deliveries appear here by themselves.
          </EmptyState>
        )}
      </Card>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {byDay.length > 0 ? (
          <Card title="By day" isFlush>
            <Table label="By day" columns={dayColumns} rows={byDay} rowId={({ day }) => day} />
          </Card>
        ) : null}
        {refused.length > 0 ? (
          <Card title="Reports that could not be used" isFlush>
            <Table
              label="Reports that could not be used"
              columns={refusedColumns}
              rows={refused}
              rowId={({ source, reason }) => `${source} ${reason}`}
            />
          </Card>
        ) : null}
      </div>
    </div>
  );
}
