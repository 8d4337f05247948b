import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { FindingState, IntegrityFinding } from '@wedsync/contracts/communications-integrity';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { notify } from '@wedsync/ui/toast';
import { SearchCheck, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { RunsCard } from './runs-card.tsx';

const stateLooks: Record<FindingState, [StatusTone, string]> = {
  open: ['critical', 'Open'],
  repaired: ['positive', 'Repaired'],
  gone: ['positive', 'Gone by itself'],
  accepted: ['neutral', 'Accepted'],
};

const shows: { value: FindingState; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'repaired', label: 'Repaired' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'gone', label: 'Gone' },
];

const factsOf = (details: IntegrityFinding['details']) =>
  Object.entries(details)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

const columnsWith = (
  onAccept: (one: IntegrityFinding) => void,
): TableColumn<IntegrityFinding>[] => [
  {
    id: 'meaning',
    header: 'Finding',
    isRowHeader: true,
    cell: (one) => (
      <>
        <span className="font-medium">{one.meaning}</span>
        <span className="wrap-anywhere block text-ink-soft text-sm">
          {factsOf(one.details)}
          {one.messageId ? ` · message ${one.messageId}` : ''}
          {one.note ? ` · ${one.note}` : ''}
        </span>
      </>
    ),
  },
  {
    id: 'severity',
    header: 'Weight',
    cell: ({ severity }) => (severity === 'error' ? 'Error' : 'Warning'),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusDot tone={stateLooks[state][0]}>{stateLooks[state][1]}</StatusDot>,
  },
  {
    id: 'since',
    header: 'Since',
    align: 'end',
    cell: ({ firstSeenAt }) => (
      <span title={formatMoment(firstSeenAt)}>{formatAgo(firstSeenAt)}</span>
    ),
  },
  {
    id: 'accept',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (one) =>
      one.state === 'open' ? (
        <Button size="sm" aria-label={`Accept: ${one.meaning}`} onPress={() => onAccept(one)}>
          Accept…
        </Button>
      ) : null,
  },
];

/** What the nightly check of the ledger found, repaired or left for a person. */
export function IntegrityPage() {
  const live = useLive();
  const [state, setState] = useState<FindingState>('open');
  const [accepting, setAccepting] = useState<IntegrityFinding | null>(null);
  const findings = useInfiniteQuery({
    ...trpc.communications.listIntegrityFindings.infiniteQueryOptions(
      { states: [state], limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    ...live,
    placeholderData: (old) => old,
  });
  const runs = useQuery({ ...trpc.communications.listIntegrityRuns.queryOptions(), ...live });
  const check = useMutation(
    trpc.communications.requestIntegrityCheck.mutationOptions({
      onSuccess: () => notify({ tone: 'done', title: 'The check begins in a moment' }),
      onError: (error) => notifyFailure('The check was not started', error),
    }),
  );
  const rows = findings.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Findings"
      note="Contradictions in the ledger and broken rules, looked for every night. What is safe is repaired."
      actions={
        <Button onPress={() => check.mutate({})} isPending={check.isPending}>
          <SearchCheck aria-hidden="true" />
          Check now
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioGroup
          label="Findings shown"
          isLabelHidden
          look="segments"
          orientation="horizontal"
          options={shows}
          value={state}
          onChange={setState}
        />
        <Card isFlush>
          <Reading query={findings} label="findings">
            {() =>
              rows.length > 0 ? (
                <Table
                  label={`Findings, ${formatCount(rows.length)}`}
                  columns={columnsWith(setAccepting)}
                  rows={rows}
                  rowId={({ id }) => id}
                />
              ) : (
                <EmptyState icon={<ShieldCheck />} title="Nothing here">
                  {state === 'open' ? 'Everything adds up.' : 'No finding is in this state.'}
                </EmptyState>
              )
            }
          </Reading>
          <MoreButton query={findings} />
        </Card>
        <Reading query={runs} label="runs">
          {(list) => <RunsCard runs={list} />}
        </Reading>
      </div>
      {accepting ? (
        <AcceptDialog key={accepting.id} finding={accepting} onClose={() => setAccepting(null)} />
      ) : null}
    </Page>
  );
}
