import { useInfiniteQuery } from '@tanstack/react-query';
import type { UserKind, UserSummary } from '@wedsync/contracts/monitoring';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatAgo, formatCount, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { SearchField } from '@wedsync/ui/search-field';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { UserX } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { UserDrawer } from './user-drawer.tsx';

const columnsWith = (onOpen: (one: UserSummary) => void): TableColumn<UserSummary>[] => [
  {
    id: 'name',
    header: 'Person',
    isRowHeader: true,
    cell: (one) => (
      <>
        <span className="font-medium">{one.name}</span>
        <span className="wrap-anywhere block text-ink-soft text-sm">{one.email}</span>
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Account',
    cell: (one) => (
      <span className="inline-flex flex-wrap justify-end gap-1.5 sm:justify-start">
        {one.isOperator ? <Badge tone="accent">Operator</Badge> : null}
        {one.disabledAt ? <Badge tone="critical">Closed</Badge> : null}
        {one.isOperator && one.secondFactors.length === 0 ? (
          <Badge tone="caution">No second factor</Badge>
        ) : null}
        {one.isOperator || one.disabledAt ? null : 'Member'}
      </span>
    ),
  },
  {
    id: 'organizations',
    header: 'Companies',
    cell: (one) => one.organizations.map(({ name }) => name).join(', ') || '–',
  },
  {
    id: 'sessions',
    header: 'Signed in on',
    align: 'end',
    cell: (one) => (one.openSessions === 0 ? 'Nowhere' : formatCount(one.openSessions)),
  },
  {
    id: 'seen',
    header: 'Last seen',
    align: 'end',
    cell: (one) =>
      one.lastSeenAt ? (
        <span title={formatMoment(one.lastSeenAt)}>{formatAgo(one.lastSeenAt)}</span>
      ) : (
        '–'
      ),
  },
  {
    id: 'open',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (one) => (
      <Button size="sm" aria-label={`Open ${one.name}`} onPress={() => onOpen(one)}>
        Open
      </Button>
    ),
  },
];

const kindOptions: readonly { value: UserKind; label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'operators', label: 'Operators' },
  { value: 'disabled', label: 'Closed' },
];

/** Everybody who can sign in. Guests never appear here: they have no accounts. */
export function UsersPage() {
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<UserKind>('all');
  const [openId, setOpenId] = useState<string | null>(null);
  const search = useDebounced(typed.trim(), 200);
  const users = useInfiniteQuery({
    ...trpc.monitoring.listUsers.infiniteQueryOptions(
      { search, kind, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: (old) => old,
  });
  const rows = users.data?.pages.flatMap((page) => page.items) ?? [];
  const open = rows.find((one) => one.userId === openId);
  return (
    <Page title="Users" note="Planners, couples and operators. Guests have no accounts.">
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label="Search name or address"
          value={typed}
          onChange={setTyped}
          className="w-full sm:w-80"
        />
        <RadioGroup
          label="Accounts shown"
          isLabelHidden
          look="segments"
          orientation="horizontal"
          options={kindOptions}
          value={kind}
          onChange={setKind}
        />
      </div>
      <Card isFlush>
        <Reading query={users} label="users">
          {() =>
            rows.length === 0 ? (
              <EmptyState icon={<UserX />} title="Nobody matches">
                Try a part of the name or of the address.
              </EmptyState>
            ) : (
              <Table
                label="Users"
                columns={columnsWith((one) => setOpenId(one.userId))}
                rows={rows}
                rowId={(one) => one.userId}
              />
            )
          }
        </Reading>
        <MoreButton query={users} />
      </Card>
      {open ? <UserDrawer key={open.userId} user={open} onClose={() => setOpenId(null)} /> : null}
    </Page>
  );
}
