import { Button } from '@wedsync/ui/button';
import { ListChecks, Search } from 'lucide-react';
import { useSeating } from '../plan-store.ts';

interface ListToolbarProps {
  isSelecting: boolean;
  onSelecting: (isSelecting: boolean) => void;
  onFind: () => void;
}

/** Finding, selecting several, and adding tables: over the list. */
export function ListToolbar({ isSelecting, onSelecting, onFind }: ListToolbarProps) {
  const { canEdit, index } = useSeating();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onPress={onFind} className="min-w-40 flex-1 justify-start! sm:max-w-sm">
        <Search aria-hidden="true" />
        <span className="font-normal text-ink-soft">Find a guest or a table…</span>
      </Button>
      {canEdit && index.assignments.size > 0 ? (
        <Button aria-pressed={isSelecting} onPress={() => onSelecting(!isSelecting)}>
          <ListChecks aria-hidden="true" />
          {isSelecting ? 'Stop selecting' : 'Select'}
        </Button>
      ) : null}
    </div>
  );
}
