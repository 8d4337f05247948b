import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationSummary } from '@wedsync/contracts/monitoring';
import type { Tier } from '@wedsync/contracts/weddings';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatAgo, formatMoment } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { SearchField } from '@wedsync/ui/search-field';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { OrganizationDrawer } from './organization-drawer.tsx';
import { isOverPlan, ofLimit, tiers, tierWords } from './tier-words.ts';

const columnsWith = (
  onOpen: (one: OrganizationSummary) => void,
): TableColumn<OrganizationSummary>[] => [
  {
    id: 'name',
    header: 'Company',
    isRowHeader: true,
    cell: (one) => <span className="font-medium">{one.name}</span>,
  },
  {
    id: 'tier',
    header: 'Plan',
    cell: (one) => (
      <span className="inline-flex flex-wrap gap-1.5">
        <Badge tone={tierWords[one.tier].tone}>{tierWords[one.tier].label}</Badge>
        {isOverPlan(one) ? <Badge tone="caution">Over its plan</Badge> : null}
      </span>
    ),
  },
  {
    id: 'weddings',
    header: 'Weddings',
    align: 'end',
    cell: (one) => ofLimit(one.weddings, one.weddingsMax),
  },
  {
    id: 'members',
    header: 'Team',
    align: 'end',
    cell: (one) => ofLimit(one.members, one.membersMax),
  },
  {
    id: 'guests',
    header: 'Guests, largest wedding',
    align: 'end',
    cell: (one) => ofLimit(one.guestsMost, one.guestsPerWeddingMax),
  },
  {
    id: 'created',
    header: 'Since',
    align: 'end',
    cell: (one) => <span title={formatMoment(one.createdAt)}>{formatAgo(one.createdAt)}</span>,
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

const tierOptions = [
  { value: 'all' as const, label: 'All' },
  ...tiers.map((tier) => ({ value: tier, label: tierWords[tier].label })),
];

/** Planner companies with what they use of their plan. */
export function OrganizationsPage() {
  const [typed, setTyped] = useState('');
  const [tier, setTier] = useState<Tier | 'all'>('all');
  const [open, setOpen] = useState<OrganizationSummary | null>(null);
  const search = useDebounced(typed.trim(), 200);
  const organizations = useInfiniteQuery({
    ...trpc.monitoring.listOrganizations.infiniteQueryOptions(
      { search, limit: 50, ...(tier === 'all' ? {} : { tier }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    placeholderData: (old) => old,
  });
  return (
    <Page title="Companies" note="Planner companies and their plans">
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label="Search company or member"
          value={typed}
          onChange={setTyped}
          className="w-full sm:w-80"
        />
        <RadioGroup
          label="Plan"
          isLabelHidden
          look="segments"
          orientation="horizontal"
          options={tierOptions}
          value={tier}
          onChange={setTier}
        />
      </div>
      <Card isFlush>
        <Reading query={organizations} label="companies">
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return rows.length === 0 ? (
              <EmptyState
                icon={<Building2 />}
                title={search ? 'No company matches' : 'No company yet'}
              >
                {search
                  ? 'Try a part of its name or of a member’s address.'
                  : 'Planners create them when they sign up.'}
              </EmptyState>
            ) : (
              <Table
                label="Companies"
                columns={columnsWith(setOpen)}
                rows={rows}
                rowId={(one) => one.orgId}
              />
            );
          }}
        </Reading>
        <MoreButton query={organizations} />
      </Card>
      {open ? (
        <OrganizationDrawer key={open.orgId} organization={open} onClose={() => setOpen(null)} />
      ) : null}
    </Page>
  );
}
