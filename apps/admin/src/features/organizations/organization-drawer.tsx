import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrganizationMember, OrganizationSummary } from '@wedsync/contracts/monitoring';
import type { Tier } from '@wedsync/contracts/weddings';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { formatMoment } from '@wedsync/ui/format';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { Facts } from '../shell/facts.tsx';
import { Reading } from '../shell/reading.tsx';
import { ofLimit, tiers, tierWords } from './tier-words.ts';

interface OrganizationDrawerProps {
  organization: OrganizationSummary;
  onClose: () => void;
}

const tierOptions = tiers.map((tier) => ({
  value: tier,
  label: tierWords[tier].label,
  note: tierWords[tier].note,
}));

/** A company: its plan, what it uses of it, and who works there. */
export function OrganizationDrawer({ organization, onClose }: OrganizationDrawerProps) {
  const [tier, setTier] = useState<Tier>(organization.tier);
  const queries = useQueryClient();
  const update = useMutation(
    trpc.monitoring.updateOrganizationTier.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: `${organization.name} is on ${tierWords[tier].label} now` });
        onClose();
      },
      onSettled: () =>
        queries.invalidateQueries({ queryKey: trpc.monitoring.listOrganizations.pathKey() }),
    }),
  );
  const { orgId, version } = organization;
  const isChanged = tier !== organization.tier;
  return (
    <Dialog
      kind="drawer"
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={organization.name}
      subtitle={`Since ${formatMoment(organization.createdAt)}`}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button
            variant="primary"
            isDisabled={!isChanged}
            isPending={update.isPending}
            onPress={() => update.mutate({ orgId, tier, version })}
          >
            {update.isPending ? 'Changing…' : 'Change the plan'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-7">
        <Facts
          facts={[
            ['Weddings', ofLimit(organization.weddings, organization.weddingsMax)],
            ['Team', ofLimit(organization.members, organization.membersMax)],
            [
              'Guests',
              `${ofLimit(organization.guestsMost, organization.guestsPerWeddingMax)} in the largest wedding`,
            ],
          ]}
        />
        <RadioGroup
          label="Plan"
          description="A smaller plan removes nothing: what exceeds it stays, and no more can be added."
          options={tierOptions}
          value={tier}
          onChange={setTier}
        />
        <FailureNote error={update.error} />
        <Members orgId={orgId} />
      </div>
    </Dialog>
  );
}

const roleWords: Record<OrganizationMember['role'], string> = {
  owner: 'Owner',
  planner: 'Planner',
  assistant: 'Assistant',
};

function Members({ orgId }: { orgId: OrganizationSummary['orgId'] }) {
  const members = useQuery(trpc.monitoring.listOrganizationMembers.queryOptions({ orgId }));
  return (
    <section>
      <h3 className="mb-2 font-medium text-sm">Team</h3>
      <Reading query={members} label="the team">
        {(all) => (
          <ul className="m-0 list-none divide-y divide-line p-0">
            {all.map((member) => (
              <li key={member.userId} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{member.name}</span>
                  <span className="block truncate text-ink-soft text-sm">{member.email}</span>
                </span>
                {member.isDisabled ? <Badge tone="critical">Closed</Badge> : null}
                <Badge>{roleWords[member.role]}</Badge>
              </li>
            ))}
          </ul>
        )}
      </Reading>
    </section>
  );
}
