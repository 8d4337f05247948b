import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { useCheck } from './use-check.ts';
import { WarningLine } from './warning-line.tsx';

/** So many lines at once; hundreds of small wishes would bury the rest. */
const pageSize = 25;

const keyOf = ({ kind, guestIds, tableIds, relationshipId }: SeatingWarning) =>
  [kind, relationshipId, guestIds.join(), tableIds.join()].join('|');

interface GroupProps {
  title: string;
  note: string;
  warnings: readonly SeatingWarning[];
}

function WarningGroup({ title, note, warnings }: GroupProps) {
  const [shown, setShown] = useState(pageSize);
  if (warnings.length === 0) return null;
  return (
    <section>
      <h2 className="font-display text-lg">
        {title} <span className="tabular text-ink-soft">{warnings.length}</span>
      </h2>
      <p className="text-ink-soft text-sm">{note}</p>
      <ul className="m-0 list-none divide-y divide-line p-0">
        {warnings.slice(0, shown).map((warning) => (
          <WarningLine key={keyOf(warning)} warning={warning} />
        ))}
      </ul>
      {warnings.length > shown ? (
        <Button size="sm" onPress={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, warnings.length - shown)} more
        </Button>
      ) : null}
    </section>
  );
}

/** What is wrong with the plan as it stands: what must be mended first, then what could be better. */
export function WarningsPanel() {
  const { plan } = useSeating();
  const { check, warnings, isLoading, error, refetch } = useCheck();
  if (error) return <FailureState error={error} onRetry={() => void refetch()} />;
  if (isLoading) return <SkeletonRows label="The plan is being checked" />;
  const rules = warnings.filter(({ severity }) => severity === 'rule');
  const wishes = warnings.filter(({ severity }) => severity === 'wish');
  const happiness = check?.happiness ?? null;
  return (
    <div className="flex flex-col gap-5">
      <p className="sr-only" aria-live="polite">
        {warnings.length === 0
          ? 'No warnings'
          : `${plural(rules.length, 'broken rule')}, ${plural(wishes.length, 'wish', 'wishes')} open`}
      </p>
      {happiness !== null && plan.assignments.length > 0 ? (
        <div>
          <p className="flex items-baseline justify-between gap-4 text-sm">
            <span>Wishes that come true</span>
            <span className="tabular text-ink-soft">{Math.round(happiness)} %</span>
          </p>
          <div aria-hidden="true" className="mt-1.5 h-2 overflow-hidden rounded-full bg-hover">
            <div className="h-full rounded-full bg-positive" style={{ width: `${happiness}%` }} />
          </div>
        </div>
      ) : null}
      {warnings.length === 0 ? (
        <EmptyState icon={<CircleCheck />} title="Nothing to mend">
          {plan.assignments.length === 0
            ? 'Warnings appear here while guests are being seated.'
            : 'Every rule is kept and no wish is left open.'}
        </EmptyState>
      ) : null}
      <WarningGroup title="Must be mended" note="A rule is broken." warnings={rules} />
      <WarningGroup title="Could be better" note="Wishes and comfort." warnings={wishes} />
    </div>
  );
}
