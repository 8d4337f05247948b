import { useQuery } from '@tanstack/react-query';
import type { OrganizationStatistics } from '@wedsync/contracts/communications-statistics';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { saveFile } from '@wedsync/ui/save-file';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatCount, plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { channelWords } from '../message-words.ts';
import { type ChannelFigures, figuresOf, shareWords } from './channel-figures.ts';
import { companyCsv } from './company-csv.ts';
import { figureColumns } from './figure-columns.tsx';

interface WeddingRow {
  weddingId: string;
  title: string;
  figures: ChannelFigures;
}

const columns: TableColumn<WeddingRow>[] = [
  {
    id: 'wedding',
    header: 'Wedding',
    isRowHeader: true,
    cell: ({ weddingId, title }) => <Link href={paths.messageReport(weddingId)}>{title}</Link>,
  },
  ...figureColumns<WeddingRow>(),
];
const shownAtFirst = 20;

/** What became of all messages of the company, wedding by wedding, with the same as a file. */
export function CompanyMessagesCard({ orgId }: { orgId: string }) {
  const statistics = useQuery(trpc.communications.organizationStatistics.queryOptions({ orgId }));
  const { data, error } = statistics;
  return (
    <Card
      title="Messages of all weddings"
      actions={
        data && data.weddings.length > 0 ? (
          <Button
            size="sm"
            aria-label="Messages of all weddings as CSV"
            onPress={() => saveFile('messages-of-all-weddings.csv', companyCsv(data), 'text/csv')}
          >
            <Download aria-hidden="true" />
            CSV
          </Button>
        ) : undefined
      }
    >
      {error ? (
        <FailureState error={error} onRetry={() => void statistics.refetch()} />
      ) : data ? (
        <Weddings statistics={data} />
      ) : (
        <SkeletonRows rows={4} label="The messages are being counted" />
      )}
    </Card>
  );
}

function Weddings({ statistics: { channels, weddings } }: { statistics: OrganizationStatistics }) {
  const [isLong, setLong] = useState(false);
  if (weddings.length === 0) {
    return <p className="text-ink-soft">No message of any wedding has been sent yet.</p>;
  }
  const sum = figuresOf(channels);
  const rows = weddings
    .map((one) => ({ ...one, figures: figuresOf(one.channels) }))
    .toSorted((a, b) => b.figures.all - a.figures.all);
  const shown = isLong ? rows : rows.slice(0, shownAtFirst);
  return (
    <>
      <StatRow>
        <Stat
          label="Sent"
          value={formatCount(sum.left)}
          note={channels
            .map(({ channel, counts }) => {
              const { left } = figuresOf([{ counts }]);
              return left > 0 ? `${channelWords[channel]} ${formatCount(left)}` : '';
            })
            .filter(Boolean)
            .join(', ')}
        />
        <Stat
          label="Came back"
          value={formatCount(sum.cameBack)}
          note={shareWords(sum.cameBack, sum.left)}
        />
        <Stat label="Failed" value={formatCount(sum.failed)} />
        <Stat label="Not certain" value={formatCount(sum.inDoubt)} />
        <Stat label="Left out" value={formatCount(sum.leftOut)} />
      </StatRow>
      <div className="-mx-5 mt-5 overflow-x-auto">
        <Table
          label="Messages by wedding"
          columns={columns}
          rows={shown}
          rowId={({ weddingId }) => weddingId}
        />
      </div>
      {rows.length > shown.length ? (
        <Button size="sm" className="mt-3" onPress={() => setLong(true)}>
          Show {plural(rows.length - shown.length, 'other wedding')}
        </Button>
      ) : null}
    </>
  );
}
