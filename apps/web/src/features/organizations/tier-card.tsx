import { useQuery } from '@tanstack/react-query';
import type { Organization, Tier } from '@wedsync/contracts/weddings';
import { Card } from '@wedsync/ui/card';
import { Meter } from '@wedsync/ui/meter';
import { formatCount, plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';

const tierWords: Record<Tier, string> = {
  free: 'Free',
  studio: 'Studio',
  enterprise: 'Enterprise',
};

interface UsedProps {
  label: string;
  used: number | undefined;
  max: number | null;
}

function Used({ label, used, max }: UsedProps) {
  if (used === undefined) return null;
  if (max === null) {
    return (
      <p className="flex justify-between text-sm">
        <span>{label}</span>
        <span className="text-ink-soft">{formatCount(used)}, without limit</span>
      </p>
    );
  }
  return <Meter label={label} value={used} max={max} />;
}

/** What the subscription allows and how much of it is used. */
export function TierCard({ organization }: { organization: Organization }) {
  const { id: orgId, limits, tier } = organization;
  const companies = useQuery(trpc.weddings.listOrganizations.queryOptions());
  const members = useQuery(trpc.weddings.listOrgMembers.queryOptions({ orgId }));
  const weddings = companies.data?.find((entry) => entry.orgId === orgId)?.weddings;
  return (
    <Card title={`Subscription: ${tierWords[tier]}`}>
      <div className="flex flex-col gap-4">
        <Used label="Weddings" used={weddings} max={limits.weddings} />
        <Used label="Colleagues" used={members.data?.members.length} max={limits.members} />
        <p className="text-ink-soft text-sm">
          {limits.guestsPerWedding === null
            ? 'Each wedding can have any number of guests.'
            : `Each wedding can have up to ${plural(limits.guestsPerWedding, 'guest')}.`}
        </p>
      </div>
    </Card>
  );
}
