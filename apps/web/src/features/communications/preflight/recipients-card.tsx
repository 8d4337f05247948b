import { useInfiniteQuery } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import type { Preflight, PreflightRecipient } from '@wedsync/contracts/communications-control';
import { Card } from '@wedsync/ui/card';
import { DataGrid, type GridColumn } from '@wedsync/ui/data-grid';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { StatusDot } from '@wedsync/ui/status-dot';
import { useMemo, useState } from 'react';
import { formatCount, plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { reasonWords } from '../delivery-words.ts';
import { channelUnits, fieldWords, languageWords } from '../message-words.ts';

interface RecipientsCardProps {
  weddingId: string;
  message: Message;
  preflight: Preflight;
}

type Show = 'all' | 'sends' | 'skips' | 'missing';

const shows: { value: Show; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'sends', label: 'Gets it' },
  { value: 'skips', label: 'Left out' },
  { value: 'missing', label: 'Empty fields' },
];

const nameOf = ({ name }: PreflightRecipient) => name || 'Guest to be named';

const outcomeOf = ({ state, reason, carriedBy }: PreflightRecipient) =>
  state === 'ready'
    ? 'Gets it'
    : carriedBy
      ? `With the message to ${carriedBy}`
      : reason
        ? reasonWords[reason]
        : 'Left out';

function Outcome({ row }: { row: PreflightRecipient }) {
  const tone = row.state === 'ready' ? 'positive' : row.carriedBy ? 'info' : 'neutral';
  return <StatusDot tone={tone}>{outcomeOf(row)}</StatusDot>;
}

const columnsFor = (weddingId: string): GridColumn<PreflightRecipient>[] => [
  {
    id: 'guest',
    header: 'Guest',
    width: 'minmax(12rem,1.2fr)',
    isPinned: true,
    cell: (row) => (
      <Link variant="quiet" href={paths.guest(weddingId, row.guestId)}>
        {nameOf(row)}
      </Link>
    ),
  },
  {
    id: 'household',
    header: 'Household',
    width: 'minmax(11rem,1fr)',
    cell: (row) => <span className="truncate text-ink-soft">{row.householdName}</span>,
  },
  {
    id: 'outcome',
    header: 'Today',
    width: 'minmax(17rem,1.6fr)',
    cell: (row) => <Outcome row={row} />,
  },
  {
    id: 'address',
    header: 'Address',
    width: 'minmax(13rem,1.2fr)',
    cell: (row) => <span className="truncate">{row.address ?? ''}</span>,
  },
  {
    id: 'language',
    header: 'Language',
    width: '9rem',
    cell: (row) => languageWords(row.language),
  },
  {
    id: 'missing',
    header: 'Empty fields',
    width: 'minmax(12rem,1fr)',
    cell: (row) => (
      <span className="truncate text-ink-soft">{row.missingFields.map(fieldWords).join(', ')}</span>
    ),
  },
];

/** A recipient on a phone: who, and what happens today. */
const compact: { column: GridColumn<PreflightRecipient>; rowHeight: number } = {
  rowHeight: 84,
  column: {
    id: 'recipient',
    header: 'Guest',
    width: 'minmax(0,1fr)',
    cell: (row) => (
      <span className="flex min-w-0 flex-1 flex-col justify-center gap-0.5 overflow-hidden">
        <span className="truncate font-medium">{nameOf(row)}</span>
        <span className="truncate text-sm">
          <Outcome row={row} />
        </span>
        <span className="truncate text-ink-soft text-sm">
          {[row.address, languageWords(row.language)].filter(Boolean).join(' · ')}
        </span>
      </span>
    ),
  },
};

/** Exactly who would get the message now, and who would not and why. */
export function RecipientsCard({ weddingId, message, preflight }: RecipientsCardProps) {
  const [show, setShow] = useState<Show>('all');
  const list = useInfiniteQuery(
    trpc.communications.listPreflightRecipients.infiniteQueryOptions(
      { weddingId, id: message.id, show, limit: 200 },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
    ),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsFor(weddingId), [weddingId]);
  const { sends, guests, households, skips } = preflight;
  const [one, many] = channelUnits[message.channel];
  return (
    <Card title="Who gets it">
      <div className="flex flex-col gap-5">
        <StatRow>
          <Stat
            label={sends === 1 ? `One ${one}` : `Separate ${many}`}
            value={formatCount(sends)}
          />
          <Stat label="Guests spoken to" value={formatCount(guests)} />
          <Stat label="Households" value={formatCount(households)} />
        </StatRow>
        {skips.length > 0 ? (
          <ul className="m-0 list-none space-y-1 p-0 text-ink-soft text-sm">
            {skips.map(({ reason, count }) => (
              <li key={reason}>
                {reasonWords[reason]}: {plural(count, 'guest')}
              </li>
            ))}
          </ul>
        ) : null}
        <RadioGroup
          label="Show"
          isLabelHidden
          look="segments"
          orientation="horizontal"
          options={shows}
          value={show}
          onChange={setShow}
        />
        {list.error ? (
          <FailureState error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <SkeletonRows rows={5} label="The recipients are loading" />
        ) : (
          <DataGrid
            label="Recipients"
            rows={rows}
            rowId={(row) => row.guestId}
            rowLabel={nameOf}
            columns={columns}
            compact={compact}
            onReachEnd={() => {
              if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
            }}
            empty={<EmptyState title="Nobody here" />}
            className="h-80"
          />
        )}
      </div>
    </Card>
  );
}
