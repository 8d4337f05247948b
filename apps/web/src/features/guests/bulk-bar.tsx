import type { Tag } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { CalendarPlus, ClipboardCheck, Download, Plus, Tag as TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../lib/format.ts';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { AnswerMenu } from './answer-menu.tsx';
import { downloadGuests } from './export-guests.ts';
import { TagsDialog } from './tags-dialog.tsx';
import { useBulkActions } from './use-bulk-actions.ts';

interface BulkBarProps {
  weddingId: string;
  selected: ReadonlySet<string>;
  events: readonly WeddingEvent[];
  tags: readonly Tag[];
  onClear: () => void;
}

/** What can be done with the selected guests. Everything here can be undone. */
export function BulkBar({ weddingId, selected, events, tags, onClear }: BulkBarProps) {
  const guestIds = [...selected];
  const [isTagsOpen, setTagsOpen] = useState(false);
  const count = plural(guestIds.length, 'guest');
  const { inviteTo, addTag, removeAll } = useBulkActions({ weddingId, guestIds, onClear });

  return (
    <section
      aria-label="Selected guests"
      className="mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3.5 py-2.5"
    >
      <p className="mr-2 font-medium text-accent-ink" aria-live="polite">
        {count} selected
      </p>
      <Menu
        label="Invite to"
        placement="bottom start"
        trigger={
          <Button size="sm" isDisabled={events.length === 0}>
            <CalendarPlus aria-hidden="true" />
            Invite to…
          </Button>
        }
      >
        {events.map((event) => (
          <MenuItem key={event.id} onAction={() => inviteTo(event)}>
            {event.name}
          </MenuItem>
        ))}
      </Menu>
      <Menu
        label="Add a tag"
        placement="bottom start"
        trigger={
          <Button size="sm">
            <TagIcon aria-hidden="true" />
            Tag…
          </Button>
        }
      >
        {tags.map((choice) => (
          <MenuItem key={choice.id} onAction={() => addTag(choice)}>
            {choice.name}
          </MenuItem>
        ))}
        {tags.length > 0 ? <MenuSeparator /> : null}
        <MenuItem icon={<Plus aria-hidden="true" />} onAction={() => setTagsOpen(true)}>
          New tag…
        </MenuItem>
      </Menu>
      <TagsDialog weddingId={weddingId} isOpen={isTagsOpen} onOpenChange={setTagsOpen} />
      <AnswerMenu weddingId={weddingId} guestIds={guestIds} events={events}>
        <Button size="sm" isDisabled={events.length === 0}>
          <ClipboardCheck aria-hidden="true" />
          Record answer…
        </Button>
      </AnswerMenu>
      <Button size="sm" onPress={() => downloadGuests(weddingId, guestIds)}>
        <Download aria-hidden="true" />
        Export
      </Button>
      <Button size="sm" onPress={removeAll}>
        <Trash2 aria-hidden="true" />
        Remove
      </Button>
      <Button size="sm" variant="quiet" onPress={onClear} className="ml-auto">
        Clear selection
      </Button>
    </section>
  );
}
