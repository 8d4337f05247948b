import { useInfiniteQuery } from '@tanstack/react-query';
import type { OperatorActionEntry } from '@wedsync/contracts/monitoring';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatAgo, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { SearchField } from '@wedsync/ui/search-field';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { PauseButton } from '../shell/live-control.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { describeAction } from './action-words.ts';

const columns: readonly TableColumn<OperatorActionEntry>[] = [
  {
    id: 'action',
    header: 'What',
    isRowHeader: true,
    cell: (entry) => <span className="font-medium">{describeAction(entry)}</span>,
  },
  { id: 'operator', header: 'Who', cell: (entry) => entry.operatorName },
  {
    id: 'at',
    header: 'When',
    align: 'end',
    cell: (entry) => <span title={formatMoment(entry.at)}>{formatAgo(entry.at)}</span>,
  },
  {
    id: 'request',
    header: 'Request',
    align: 'end',
    cell: (entry) => (
      <span className="wrap-anywhere select-all font-mono text-ink-soft text-xs">
        {entry.requestId}
      </span>
    ),
  },
];

/** What operators did; nobody can change or delete a line of it. */
export function OperatorAuditPage() {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 200);
  const live = useLive();
  const actions = useInfiniteQuery({
    ...trpc.monitoring.listOperatorActions.infiniteQueryOptions(
      { search, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: (old) => old,
    ...live,
  });
  return (
    <Page
      title="Operator log"
      note="What operators did. No line of it can be changed or deleted."
      actions={<PauseButton />}
    >
      <SearchField
        label="Search person, company or action"
        value={typed}
        onChange={setTyped}
        className="mb-4 w-full sm:w-80"
      />
      <Card isFlush>
        <Reading query={actions} label="the log">
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return rows.length === 0 ? (
              <EmptyState
                icon={<ScrollText />}
                title={search ? 'Nothing matches' : 'Nothing has been done yet'}
              >
                {search
                  ? 'Try a part of a name.'
                  : 'Changes of plans and accounts, jobs started over and the like appear here.'}
              </EmptyState>
            ) : (
              <Table
                label="Operator log"
                columns={columns}
                rows={rows}
                rowId={(entry) => entry.id}
              />
            );
          }}
        </Reading>
        <MoreButton query={actions} />
      </Card>
    </Page>
  );
}
