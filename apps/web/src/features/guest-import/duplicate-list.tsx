import type {
  DuplicateProposal,
  DuplicateSide,
  ImportDecisions,
} from '@wedsync/contracts/guest-import';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { useState } from 'react';

interface DuplicateListProps {
  duplicates: readonly DuplicateProposal[];
  decisions: ImportDecisions;
  onDecide: (decisions: ImportDecisions) => void;
}

function Side({ side }: { side: DuplicateSide }) {
  const contact = [...side.emails, ...side.phones].join(', ');
  return (
    <div className="min-w-0 rounded-lg bg-sunken px-3.5 py-2.5">
      <p className="text-ink-soft text-xs">
        {side.row === null ? 'Already on the list' : `Row ${side.row} of the file`}
      </p>
      <p className="truncate font-medium">{side.name}</p>
      <p className="truncate text-ink-soft text-sm">{side.household}</p>
      <p className="truncate text-sm">{contact || 'No contact'}</p>
    </div>
  );
}

const keyOf = ({ left, right }: DuplicateProposal) =>
  `${left.key ?? ''}-${right.guestId ?? right.key ?? ''}`;

/** Pairs that look like one person, side by side; nothing is merged without a decision. */
export function DuplicateList({ duplicates, decisions, onDecide }: DuplicateListProps) {
  const [different, setDifferent] = useState<ReadonlySet<string>>(new Set());
  if (duplicates.length === 0) {
    return <EmptyState title="Nobody seems to be there twice" />;
  }
  const merge = ({ left, right }: DuplicateProposal) => {
    if (!left.key) return;
    const merges = decisions.merges.filter(({ key }) => key !== left.key);
    const entry = {
      key: left.key,
      intoGuestId: right.guestId,
      intoKey: right.guestId ? null : right.key,
    };
    onDecide({ ...decisions, merges: [...merges, entry] });
  };
  const split = (key: string | null) =>
    onDecide({ ...decisions, merges: decisions.merges.filter((entry) => entry.key !== key) });
  return (
    <ul className="m-0 flex list-none flex-col gap-3 p-0">
      {duplicates.map((pair) => {
        const key = keyOf(pair);
        const isMerged = decisions.merges.some((entry) => entry.key === pair.left.key);
        return (
          <li key={key} className="rounded-xl border border-line bg-surface p-4 shadow-card">
            <div className="grid gap-3 sm:grid-cols-2">
              <Side side={pair.left} />
              <Side side={pair.right} />
            </div>
            <p className="mt-2.5 text-ink-soft text-sm">{pair.reasons.join(' · ')}</p>
            <div className="mt-3 flex flex-wrap items-center gap-2">
              {isMerged ? (
                <>
                  <Badge tone="accent">One person</Badge>
                  <Button size="sm" onPress={() => split(pair.left.key)}>
                    Separate again
                  </Button>
                </>
              ) : different.has(key) ? (
                <Badge>Two people</Badge>
              ) : (
                <>
                  <Button size="sm" variant="primary" onPress={() => merge(pair)}>
                    Same person
                  </Button>
                  <Button size="sm" onPress={() => setDifferent(new Set([...different, key]))}>
                    Two people
                  </Button>
                </>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
