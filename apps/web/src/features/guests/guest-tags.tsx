import { useMutation } from '@tanstack/react-query';
import type { Guest } from '@wedsync/contracts/guests';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { Check, Tag as TagIcon } from 'lucide-react';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from './guests-changed.ts';
import { useGuestWords } from './use-guest-words.ts';
import { tagTones } from './words.ts';

interface GuestTagsProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
}

/** The guest's tags; a press puts one on or takes it off at once. */
export function GuestTags({ weddingId, guest, canEdit }: GuestTagsProps) {
  const { tags } = useGuestWords(weddingId);
  const change = useMutation(
    trpc.guests.tag.mutationOptions({
      onSuccess: guestsChanged,
      onError: (error) => notifyFailure('The tags were not changed', error),
    }),
  );
  const own = new Set<string>(guest.tagIds);
  const toggle = (tagId: string) =>
    change.mutate({
      weddingId,
      guestIds: [guest.id],
      [own.has(tagId) ? 'remove' : 'add']: [tagId],
    });
  if (tags.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags
        .filter((tag) => own.has(tag.id))
        .map((tag) => (
          <Badge key={tag.id} tone={tagTones[tag.color]}>
            {tag.name}
          </Badge>
        ))}
      {canEdit ? (
        <Menu
          label="Tags of this guest"
          placement="bottom start"
          trigger={
            <Button size="sm" variant="quiet">
              <TagIcon aria-hidden="true" />
              Tags…
            </Button>
          }
        >
          {tags.map((tag) => (
            <MenuItem
              key={tag.id}
              textValue={`${tag.name}${own.has(tag.id) ? ', chosen' : ''}`}
              onAction={() => toggle(tag.id)}
            >
              <span className="flex-1">{tag.name}</span>
              {own.has(tag.id) ? <Check aria-hidden="true" /> : null}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
    </div>
  );
}
