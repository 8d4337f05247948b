import { useMutation } from '@tanstack/react-query';
import type { Tag } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { notify, notifyUndo } from '@wedsync/ui/toast';
import { CalendarPlus, ClipboardCheck, Download, Plus, Tag as TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { notifyFailure } from '../../lib/failure-view.tsx';
import { plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { AnswerMenu } from './answer-menu.tsx';
import { downloadGuests } from './export-guests.ts';
import { guestsChanged } from './guests-changed.ts';
import { TagsDialog } from './tags-dialog.tsx';

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
  const failed = (error: unknown) => notifyFailure('Nothing was changed', error);
  const invite = useMutation(
    trpc.guests.invite.mutationOptions({ onSuccess: guestsChanged, onError: failed }),
  );
  const uninvite = useMutation(
    trpc.guests.uninvite.mutationOptions({ onSuccess: guestsChanged, onError: failed }),
  );
  const tag = useMutation(
    trpc.guests.tag.mutationOptions({ onSuccess: guestsChanged, onError: failed }),
  );
  const remove = useMutation(trpc.guests.remove.mutationOptions({ onError: failed }));
  const restore = useMutation(
    trpc.guests.restore.mutationOptions({ onSuccess: guestsChanged, onError: failed }),
  );

  const inviteTo = (event: WeddingEvent) =>
    invite.mutate(
      { weddingId, eventId: event.id, guestIds },
      {
        onSuccess: ({ invited }) => {
          if (invited === 0) {
            notify({ tone: 'news', title: `All of them were invited to ${event.name} already` });
          } else {
            notifyUndo(`${plural(invited, 'guest')} invited to ${event.name}`, () =>
              uninvite.mutate({ weddingId, eventId: event.id, guestIds }),
            );
          }
        },
      },
    );
  const addTag = (chosen: Tag) =>
    tag.mutate(
      { weddingId, guestIds, add: [chosen.id] },
      {
        onSuccess: ({ changed }) =>
          notifyUndo(`${plural(changed, 'guest')} tagged “${chosen.name}”`, () =>
            tag.mutate({ weddingId, guestIds, remove: [chosen.id] }),
          ),
      },
    );
  const removeAll = () =>
    remove.mutate(
      { weddingId, guestIds },
      {
        onSuccess: ({ removalId, removed }) => {
          void guestsChanged();
          onClear();
          notifyUndo(`${plural(removed, 'guest')} removed`, () =>
            restore.mutate({ weddingId, removalId }),
          );
        },
      },
    );

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
      <Button size="sm" onPress={removeAll} isPending={remove.isPending}>
        <Trash2 aria-hidden="true" />
        Remove
      </Button>
      <Button size="sm" variant="quiet" onPress={onClear} className="ml-auto">
        Clear selection
      </Button>
    </section>
  );
}
