import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { Armchair, ChevronDown, DoorOpen, Plus, Square, SquareDashed } from 'lucide-react';
import { Tab, TabList, Tabs } from 'react-aria-components';
import { useSeating } from '../plan-store.ts';

const tabStyle =
  'flex min-h-9 cursor-pointer items-center gap-1.5 rounded-md px-2.5 text-ink-soft text-sm data-selected:bg-surface data-selected:font-medium data-selected:text-ink data-selected:shadow-card';

/** Above the plan: seat guests or arrange the room, and what can be put into it. */
export function PlanToolbar({ onOpen }: { onOpen: (what: string) => void }) {
  const { canEdit, isArranging, actions, pendingCount } = useSeating();
  if (!canEdit) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-2.5 py-2">
      <Tabs
        selectedKey={isArranging ? 'room' : 'guests'}
        onSelectionChange={(key) => actions.arrange(key === 'room')}
      >
        <TabList aria-label="What is moved" className="flex rounded-lg bg-hover p-0.5">
          <Tab id="guests" className={tabStyle}>
            <Armchair aria-hidden="true" className="size-4" />
            Seat guests
          </Tab>
          <Tab id="room" className={tabStyle}>
            <Square aria-hidden="true" className="size-4" />
            Arrange room
          </Tab>
        </TabList>
      </Tabs>
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
