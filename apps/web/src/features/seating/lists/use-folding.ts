import type { SeatingTableId } from '@wedsync/contracts/ids';
import { useMediaQuery } from '@wedsync/ui/use-media-query';
import { useCallback, useState } from 'react';
import type { TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';

/** Fewer tables than this are read faster than they are unfolded. */
const tablesMin = 5;

/**
 * On a phone a plan of thirty tables is a list of their heads: each unfolds by itself, or when
 * somebody asked to see it.
 */
export function useFolding() {
  const { index } = useSeating();
  const isNarrow = useMediaQuery('(width < 48rem)');
  const [unfolded, setUnfolded] = useState<ReadonlySet<SeatingTableId>>(new Set());
  const canFold = isNarrow && index.tables.size >= tablesMin;
  const toggle = useCallback(
    ({ table }: TableView) =>
      setUnfolded((before) => {
        const next = new Set(before);
        if (!next.delete(table.id)) next.add(table.id);
        return next;
      }),
    [],
  );
  const unfold = useCallback(
    (id: SeatingTableId) => setUnfolded((before) => new Set(before).add(id)),
    [],
  );
  return {
    isFolded: (id: SeatingTableId) => canFold && !unfolded.has(id),
    toggle: canFold ? toggle : undefined,
    unfold,
  };
}
