import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Suspense } from 'react';
import { useProfile } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { OrganizationForm } from './organization-form.tsx';
import { TierCard } from './tier-card.tsx';

const OrganizationMembers = lazyRouteComponent(
  () => import('./organization-members.tsx'),
  'OrganizationMembers',
);

const CompanyMessagesCard = lazyRouteComponent(
  () => import('../communications/report/company-messages-card.tsx'),
  'CompanyMessagesCard',
);

const ComplianceCard = lazyRouteComponent(() => import('./compliance-card.tsx'), 'ComplianceCard');

/** The company: its name, its subscription, who works there, and how it stands to the law. */
export function OrganizationPage() {
  const { orgId } = useParams({ from: '/app/organizations/$orgId' });
  const { organizations } = useProfile();
  const role = organizations.find((entry) => entry.orgId === orgId)?.role;
  const organization = useQuery(trpc.weddings.getOrganization.queryOptions({ orgId }));
  const { data, error } = organization;
  return (
    <Page title={data?.name ?? 'Company'} width="text">
      {error ? (
        <FailureState error={error} onRetry={() => void organization.refetch()} />
      ) : data ? (
        <div className="flex flex-col gap-5">
          <OrganizationForm key={data.version} organization={data} canEdit={role === 'owner'} />
          <Suspense fallback={<SkeletonRows rows={3} label="The colleagues are loading" />}>
            <OrganizationMembers orgId={orgId} role={role} />
          </Suspense>
          <TierCard organization={data} />
          {role === 'owner' || role === 'planner' ? (
            <Suspense fallback={<SkeletonRows rows={3} label="The report is loading" />}>
              <CompanyMessagesCard orgId={orgId} />
              <ComplianceCard orgId={orgId} />
            </Suspense>
          ) : null}
        </div>
      ) : (
        <SkeletonRows label="The company is loading" />
      )}
    </Page>
  );
}
