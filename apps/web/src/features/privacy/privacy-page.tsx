import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ComplianceSummary } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { saveFile } from '@wedsync/ui/save-file';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Download } from 'lucide-react';
import { formatCount, formatMoment, plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { consentChannelWords, consentPurposeWords, suppressedWords } from './privacy-words.ts';
import { RetentionCard } from './retention-card.tsx';
import { SuppressionsCard } from './suppressions-card.tsx';

/** What is kept of the guests, on what ground, and until when. */
export function PrivacyPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/privacy' });
  const { wedding } = useWedding(weddingId);
  const summary = useQuery(trpc.privacy.getComplianceSummary.queryOptions({ weddingId }));
  const { data } = summary;
  const save = () =>
    saveFile(
      `privacy-${wedding.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`,
      JSON.stringify({ wedding: wedding.title, at: new Date().toISOString(), ...data }, null, 2),
      'application/json',
    );
  return (
    <Page
      title="Privacy"
      note="What is kept of the guests, what they agreed to, and when it is deleted."
      actions={
        data ? (
          <Button onPress={save}>
            <Download aria-hidden="true" />
            Save as a report
          </Button>
        ) : null
      }
    >
      {summary.error ? (
        <FailureState error={summary.error} onRetry={() => void summary.refetch()} />
      ) : data ? (
        <div className="flex flex-col gap-5">
          <FiguresCard summary={data} />
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <ConsentsCard summary={data} />
            <RetentionCard weddingId={weddingId} retention={data.retention} />
          </div>
          <SuppressionsCard weddingId={weddingId} />
        </div>
      ) : (
        <SkeletonRows rows={8} label="The privacy page is loading" />
      )}
    </Page>
  );
}

function FiguresCard({ summary }: { summary: ComplianceSummary }) {
  const { guests, withEmail, withPhone, erased, requests, encryption, suppressed } = summary;
  const older = encryption.guestsUnderOlderKeys;
  return (
    <Card title="At a glance">
      <div className="flex flex-col gap-4">
        <StatRow>
          <Stat label="Guests" value={formatCount(guests)} />
          <Stat label="With an e-mail address" value={formatCount(withEmail)} />
          <Stat label="With a telephone number" value={formatCount(withPhone)} />
          <Stat label="Erased at their wish" value={formatCount(erased)} />
          <Stat
            label="Asked for their data"
            value={formatCount(requests.exports)}
            note="in the last year"
          />
        </StatRow>
        <p className="text-ink-soft text-sm">
          Addresses and numbers are stored encrypted
          {encryption.activeKeySince
            ? `, under a key in use since ${formatMoment(encryption.activeKeySince)}`
            : ''}
          .{older > 0 ? ` ${plural(older, 'guest')} still under the key before it.` : ''}
        </p>
        {suppressed.length > 0 ? (
          <ul className="m-0 list-none space-y-1 p-0 text-ink-soft text-sm">
            {suppressed.map(({ channel, reason, count }) => (
              <li key={`${channel} ${reason}`}>
                {suppressedWords(channel, reason)}: {formatCount(count)}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}

type ConsentRow = ComplianceSummary['consents'][number];

const columns: TableColumn<ConsentRow>[] = [
  {
    id: 'what',
    header: 'To',
    isRowHeader: true,
    cell: ({ channel, purpose }) =>
      `${consentChannelWords[channel]} ${consentPurposeWords[purpose]}`,
  },
  { id: 'granted', header: 'Agreed', align: 'end', cell: ({ granted }) => formatCount(granted) },
  {
    id: 'withdrawn',
    header: 'Withdrawn',
    align: 'end',
    cell: ({ withdrawn }) => formatCount(withdrawn),
  },
];

function ConsentsCard({ summary }: { summary: ComplianceSummary }) {
  return (
    <Card
      title="Consents"
      note="E-mail about the wedding needs none until somebody objects; texts need a yes first."
      isFlush
    >
      {summary.consents.length > 0 ? (
        <Table
          label="Consents"
          columns={columns}
          rows={summary.consents}
          rowId={({ channel, purpose }) => `${channel} ${purpose}`}
        />
      ) : (
        <p className="px-5 pb-4.5 text-ink-soft">
          Nobody was asked yet. Guests agree on their answer page; you can also write down what they
          say, on the page of a guest.
        </p>
      )}
    </Card>
  );
}
