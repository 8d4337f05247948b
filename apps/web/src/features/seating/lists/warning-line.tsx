import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import { Button } from '@wedsync/ui/button';
import { StatusDot } from '@wedsync/ui/status-dot';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { WhyDialog } from '../runs/why-dialog.tsx';
import { tableTitle } from './guest-lines.ts';

/** One thing that is wrong, where it is, and what mends it. */
export function WarningLine({ warning }: { warning: SeatingWarning }) {
  const { index, actions, canEdit } = useSeating();
  const [isAsking, setAsking] = useState(false);
  const { fix, severity, message, tableIds, guestIds } = warning;
  const [guestId] = guestIds;
  const tables = tableIds.flatMap((id) => index.tables.get(id)?.table ?? []);
  const mend = () => {
    if (fix?.kind === 'move') void actions.place([fix.guestId], { tableId: fix.tableId });
    if (fix?.kind === 'unseat') void actions.unseat(fix.guestIds);
  };
  return (
    <li className="py-3">
      <p>
        <StatusDot tone={severity === 'rule' ? 'critical' : 'caution'} isLong>
          <span className="min-w-0">{message}</span>
        </StatusDot>
      </p>
      <div className="mt-1.5 flex flex-wrap gap-1.5 pl-4">
        {fix && canEdit ? (
          <Button size="sm" variant={severity === 'rule' ? 'primary' : 'secondary'} onPress={mend}>
            {fix.label}
          </Button>
        ) : null}
        {tables.slice(0, 3).map((table) => (
          <Button
            key={table.id}
            size="sm"
            variant="quiet"
            aria-label={`Show ${tableTitle(table)}`}
            onPress={() => actions.showTable(table.id)}
          >
            {tableTitle(table)}
          </Button>
        ))}
        {!fix && guestId && index.assignments.has(guestId) ? (
          <Button size="sm" variant="quiet" onPress={() => setAsking(true)}>
            Other tables…
          </Button>
        ) : null}
      </div>
      {isAsking && guestId ? (
        <WhyDialog guestId={guestId} onClose={() => setAsking(false)} />
      ) : null}
    </li>
  );
}
