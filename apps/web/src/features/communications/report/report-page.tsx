import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { WeddingStatistics } from '@wedsync/contracts/communications-statistics';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { ChartNoAxesColumn } from 'lucide-react';
import { formatCount, plural } from '../../../lib/format.ts';
import { trpc } from '../../../lib/trpc.ts';
import { reasonWords } from '../delivery-words.ts';
import { channelWords } from '../message-words.ts';
import { MessagesFrame } from '../messages-frame.tsx';
import { type ChannelFigures, figuresOf, shareWords } from './channel-figures.ts';
import { figureColumns } from './figure-columns.tsx';

interface ChannelRow {
  channel: WeddingStatistics['channels'][number]['channel'];
  figures: ChannelFigures;
}

const columns: TableColumn<ChannelRow>[] = [
  {
    id: 'channel',
    header: 'Channel',
    isRowHeader: true,
    cell: ({ channel }) => <span className="font-medium">{channelWords[channel]}</span>,
  },
  ...figureColumns<ChannelRow>(),
];

/** What became of all messages of the wedding, by channel and by reason. */
export function ReportPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/message-report' });
  const statistics = useQuery(trpc.communications.weddingStatistics.queryOptions({ weddingId }));
  return (
    <MessagesFrame
      weddingId={weddingId}
      title="Report"
      note="Over all messages of this wedding. Every guest of every message is in exactly one figure."
    >
      {statistics.error ? (
        <FailureState error={statistics.error} onRetry={() => void statistics.refetch()} />
      ) : statistics.data ? (
        <Report statistics={statistics.data} />
      ) : (
        <SkeletonRows rows={6} label="The report is loading" />
      )}
    </MessagesFrame>
  );
}

function Report({
  statistics: { messages, channels, reasons },
}: {
  statistics: WeddingStatistics;
}) {
  if (messages === 0) {
    return (
      <EmptyState icon={<ChartNoAxesColumn />} title="Nothing was sent yet">
        Who was reached, who was not and why appears here with the first message.
      </EmptyState>
    );
  }
  const sum = figuresOf(channels);
  const rows = channels.map(({ channel, counts }) => ({
    channel,
    figures: figuresOf([{ counts }]),
  }));
  return (
    <div className="flex flex-col gap-5">
      <Card title={plural(messages, 'message')}>
        <StatRow>
          <Stat label="Sent" value={formatCount(sum.left)} />
          <Stat
            label="Known to have arrived"
            value={formatCount(sum.delivered)}
            note={shareWords(sum.delivered, sum.left)}
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
        <p className="mt-4 text-ink-soft text-sm">
          Not every mail system reports that something has arrived: “sent” without more usually did.
        </p>
      </Card>
      <Card title="By channel" isFlush>
        <Table label="By channel" columns={columns} rows={rows} rowId={({ channel }) => channel} />
      </Card>
      {reasons.length > 0 ? (
        <Card title="Why somebody got nothing">
          <ul className="m-0 list-none divide-y divide-line p-0">
            {reasons.map(({ reason, count }) => (
              <li key={reason} className="flex justify-between gap-4 py-2">
                <span>{reasonWords[reason]}</span>
                <span className="tabular text-ink-soft">{formatCount(count)}</span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}
