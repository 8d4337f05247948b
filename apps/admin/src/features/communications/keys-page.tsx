import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { EncryptionKeyRow, KeyState, KeyTier } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureNote } from '@wedsync/ui/failure-view';
import { formatAgo, formatCount, formatMoment, plural } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { notify } from '@wedsync/ui/toast';
import { KeyRound, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { RotationsCard } from './rotations-card.tsx';

const tierWords: Record<KeyTier, string> = {
  data: 'Data of guests',
  backup: 'Backups',
  transport: 'On the way',
};
const purposeWords: Record<EncryptionKeyRow['purpose'], string> = {
  wrap: 'wraps the keys below it',
  hash: 'makes fingerprints for look-up',
};
const stateLooks: Record<KeyState, [StatusTone, string]> = {
  active: ['positive', 'In use'],
  retiring: ['caution', 'Being replaced'],
  destroyed: ['neutral', 'Destroyed'],
};
const shows: { value: KeyState; label: string }[] = [
  { value: 'active', label: 'In use' },
  { value: 'retiring', label: 'Being replaced' },
  { value: 'destroyed', label: 'Destroyed' },
];

const columnsWith = (
  onRotate: (key: EncryptionKeyRow) => void,
): TableColumn<EncryptionKeyRow>[] => [
  {
    id: 'key',
    header: 'Key',
    isRowHeader: true,
    cell: (key) => (
      <>
        <span className="font-medium">{tierWords[key.tier]}</span>
        <span className="wrap-anywhere block text-ink-soft text-sm">
          {key.weddingId ? `Wedding ${key.weddingId}` : 'Of the installation'},{' '}
          {purposeWords[key.purpose]}
        </span>
      </>
    ),
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
    cell: ({ createdAt, retiredAt, destroyedAt }) => {
      const at = destroyedAt ?? retiredAt ?? createdAt;
      return <span title={formatMoment(at)}>{formatAgo(at)}</span>;
    },
  },
  { id: 'wraps', header: 'Holds', align: 'end', cell: ({ wraps }) => formatCount(wraps) },
  {
    id: 'rotate',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (key) =>
      key.state === 'active' && key.weddingId && key.purpose === 'wrap' ? (
        <Button
          size="sm"
          aria-label={`Replace the key of wedding ${key.weddingId}`}
          onPress={() => onRotate(key)}
        >
          Replace…
        </Button>
      ) : null,
  },
];

/** The keys that contacts of guests are encrypted under, and their replacement. */
export function KeysPage() {
  const live = useLive();
  const queries = useQueryClient();
  const [state, setState] = useState<KeyState>('active');
  const [rotating, setRotating] = useState<EncryptionKeyRow | 'all' | null>(null);
  const keys = useInfiniteQuery({
    ...trpc.privacy.listKeys.infiniteQueryOptions(
      { state, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    ...live,
    placeholderData: (old) => old,
  });
  const rotate = useMutation(
    trpc.privacy.rotateKeys.mutationOptions({
      onSuccess: ({ started }) => {
        setRotating(null);
        notify({ tone: 'done', title: `${plural(started, 'wedding')} will get new keys` });
        return queries.invalidateQueries({ queryKey: trpc.privacy.pathKey() });
      },
    }),
  );
  const rows = keys.data?.pages.flatMap((page) => page.items) ?? [];
  const weddingId = rotating && rotating !== 'all' ? rotating.weddingId : null;
  return (
    <Page
      title="Keys"
      note="Only names and counts: no key ever leaves the servers that use it."
      actions={
        <Button onPress={() => setRotating('all')}>
          <RefreshCw aria-hidden="true" />
          Replace all…
        </Button>
      }
    >
      <div className="mb-4 empty:hidden">
        <RotationsCard />
      </div>
      <RadioGroup
        label="Keys shown"
        isLabelHidden
        look="segments"
        orientation="horizontal"
        options={shows}
        value={state}
        onChange={setState}
        className="mb-4"
      />
      <Card isFlush>
        <Reading query={keys} label="keys">
          {() =>
            rows.length > 0 ? (
              <Table
                label="Keys"
                columns={columnsWith(setRotating)}
                rows={rows}
                rowId={({ id }) => id}
              />
            ) : (
              <EmptyState icon={<KeyRound />} title="No key is in this state" />
            )
          }
        </Reading>
        <MoreButton query={keys} />
      </Card>
      <ConfirmDialog
        isOpen={rotating !== null}
        onOpenChange={() => setRotating(null)}
        title={weddingId ? 'Replace this key?' : 'Replace the keys of all weddings?'}
        confirmLabel="Replace"
        isDangerous={false}
        isPending={rotate.isPending}
        onConfirm={() => rotate.mutate({ weddingId })}
        error={<FailureNote error={rotate.error} />}
      >
        The worker wraps every guest’s key anew, while sending goes on. The old key is destroyed
        when nothing is held by it any more. Backups made before need it from their own copy.
      </ConfirmDialog>
    </Page>
  );
}
