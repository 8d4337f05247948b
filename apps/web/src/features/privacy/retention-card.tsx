import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComplianceSummary } from '@wedsync/contracts/privacy';
import { Card } from '@wedsync/ui/card';
import { Skeleton } from '@wedsync/ui/skeleton';
import { Suspense } from 'react';
import { formatDay, plural } from '../../lib/format.ts';
import { useWedding } from '../../lib/wedding.ts';
import { keptWords, sinceWords } from './privacy-words.ts';

interface RetentionCardProps {
  weddingId: string;
  retention: ComplianceSummary['retention'];
}

// Only owners change it; its field of numbers is large.
const RetentionForm = lazyRouteComponent(() => import('./retention-form.tsx'), 'RetentionForm');

const daysOfYear = 365;

/** Whole years read as years. */
function keptForWords(days: number): string {
  const years = Math.round(days / (daysOfYear + 0.25));
  const isWhole = years > 0 && Math.abs(days - years * (daysOfYear + 0.25)) < 1.5;
  return isWhole ? plural(years, 'year') : plural(days, 'day');
}

/** When what is deleted by itself; owners decide how long contacts stay after the wedding. */
export function RetentionCard({ weddingId, retention }: RetentionCardProps) {
  const { wedding, orgRole } = useWedding(weddingId);
  const { policy, rules, contactsEndOn } = retention;
  return (
    <Card
      title="Deleted by itself"
      note={
        contactsEndOn
          ? `Addresses and numbers of guests go on ${formatDay(contactsEndOn, wedding.locale)}.`
          : undefined
      }
    >
      <div className="flex flex-col gap-5">
        {orgRole === 'owner' ? (
          <Suspense fallback={<Skeleton className="h-24 w-full" />}>
            <RetentionForm key={policy.version} orgId={wedding.orgId} policy={policy} />
          </Suspense>
        ) : (
          <p>
            {policy.contactsKeptMonths === null
              ? 'Contacts are kept until somebody erases them.'
              : `Contacts are kept for ${plural(policy.contactsKeptMonths, 'month')} after the wedding.`}
          </p>
        )}
        <ul className="m-0 list-none space-y-1.5 border-line border-t p-0 pt-4 text-sm">
          {/* Contacts stand above, with the day on which they go. */}
          {rules
            .filter(({ what }) => what !== 'contacts')
            .map(({ what, keptDays, since }) => (
              <li key={what} className="flex flex-wrap justify-between gap-x-4">
                <span>{keptWords[what] ?? what}</span>
                <span className="text-ink-soft">
                  {keptDays === null
                    ? 'kept'
                    : `${keptForWords(keptDays)} after ${sinceWords[since] ?? since}`}
                </span>
              </li>
            ))}
        </ul>
      </div>
    </Card>
  );
}
