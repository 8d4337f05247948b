import { Button } from '@wedsync/ui/button';
import { formatCount } from '@wedsync/ui/format';
import { ArrowDown, ListChecks, Plus, Search } from 'lucide-react';
import { useSeating } from '../plan-store.ts';
import { sidePanelId } from '../seating-search.ts';

interface ListToolbarProps {
  isSelecting: boolean;
  onSelecting: (isSelecting: boolean) => void;
  onFind: () => void;
  onAdd: () => void;
}

function goToPanel() {
  const panel = document.getElementById(sidePanelId);
  panel?.scrollIntoView({ block: 'start' });
  panel
    ?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
    ?.focus({ preventScroll: true });
}

/** Finding, selecting several, and adding tables: over the list. */
export function ListToolbar({ isSelecting, onSelecting, onFind, onAdd }: ListToolbarProps) {
  const { canEdit, index } = useSeating();
  const left = index.unseated.length;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onPress={onFind} className="min-w-0 basis-full justify-start! sm:max-w-sm sm:flex-1">
        <Search aria-hidden="true" />
        <span className="truncate font-normal text-ink-soft">Find a guest or a table…</span>
      </Button>
      {canEdit && index.assignments.size > 0 ? (
        <Button aria-pressed={isSelecting} onPress={() => onSelecting(!isSelecting)}>
          <ListChecks aria-hidden="true" />
          {isSelecting ? 'Stop selecting' : 'Select'}
        </Button>
      ) : null}
      {canEdit ? (
        <Button onPress={onAdd}>
          <Plus aria-hidden="true" />
          Add table…
        </Button>
      ) : null}
      {/* The way past all tables: the panel lies below them on a phone, and after them for Tab. */}
      <Button className="lg:sr-only lg:focus:not-sr-only" onPress={goToPanel}>
        <ArrowDown aria-hidden="true" />
        {left > 0 ? `${formatCount(left)} without a seat` : 'Warnings, rules, auto-seat'}
      </Button>
    </div>
  );
}
