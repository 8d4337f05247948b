import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Armchair, ChevronDown, DoorOpen, Plus, SquareDashed } from 'lucide-react';
import { useSeating } from '../plan-store.ts';

/** Above the plan: seat guests or arrange the room, and what can be put into it. */
export function PlanToolbar({ onOpen }: { onOpen: (what: string) => void }) {
  const { canEdit, isArranging, actions, pendingCount } = useSeating();
  if (!canEdit) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-2.5 py-2">
      <RadioGroup
        label="What is moved"
        isLabelHidden
        look="segments"
        options={[
          { value: 'guests', label: 'Seat guests' },
          { value: 'room', label: 'Arrange room' },
        ]}
        value={isArranging ? 'room' : 'guests'}
        onChange={(what) => actions.arrange(what === 'room')}
      />
      {isArranging ? (
        <Menu
          label="Add or change"
          placement="bottom start"
          trigger={
            <Button size="sm" className="h-9">
              <Plus aria-hidden="true" />
              Add
              <ChevronDown aria-hidden="true" />
            </Button>
          }
        >
          <MenuItem icon={<Armchair aria-hidden="true" />} onAction={() => onOpen('new-table')}>
            Table…
          </MenuItem>
          <MenuItem icon={<DoorOpen aria-hidden="true" />} onAction={() => onOpen('new-fixture')}>
            Door, dance floor, bar…
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<SquareDashed aria-hidden="true" />} onAction={() => onOpen('room')}>
            Walls of the room…
          </MenuItem>
        </Menu>
      ) : null}
      <span role="status" className="ml-auto px-1.5 text-ink-soft text-sm">
        {pendingCount > 0 ? 'Saving…' : 'Saved'}
      </span>
    </div>
  );
}
