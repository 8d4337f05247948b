import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { IconButton } from '@wedsync/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { notify, notifyUndo } from '@wedsync/ui/toast';
import { BookmarkPlus, Ellipsis, Trash2 } from 'lucide-react';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';
import { channelsOf, type MessageDraft } from './use-message-draft.ts';
import { wordingsFor } from './wordings.ts';

interface ComposerMenuProps {
  weddingId: string;
  message: Message;
  draft: MessageDraft;
}

/** What else can be done with a draft. */
export function ComposerMenu({ weddingId, message, draft }: ComposerMenuProps) {
  const navigate = useNavigate();
  const keep = useMutation(
    trpc.communications.createTemplate.mutationOptions({
      onSuccess: () => {
        messagesChanged();
        notify({ tone: 'done', title: 'The wording is kept as a template' });
      },
      onError: (error) => notifyFailure('The template was not saved', error),
    }),
  );
  const create = useMutation(
    trpc.communications.createMessage.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('The draft did not come back', error),
    }),
  );
  const { replyTo, ...others } = draft;
  const wordings = wordingsFor(draft.wordings, channelsOf(draft));
  const remove = useMutation(
    trpc.communications.removeMessage.mutationOptions({
      onSuccess: () => {
        messagesChanged();
        notifyUndo('The draft is removed', () =>
          create.mutate({ weddingId, ...others, wordings, replyTo: replyTo.trim() || null }),
        );
        void navigate({ to: '/weddings/$weddingId/messages', params: { weddingId } });
      },
      onError: (error) => notifyFailure('The draft was not removed', error),
    }),
  );
  const { title: name, kind, defaultLanguage } = draft;
  return (
    <Menu
      label="More about this draft"
      placement="top start"
      trigger={
        <IconButton label="More about this draft">
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem
        icon={<BookmarkPlus aria-hidden="true" />}
        onAction={() => keep.mutate({ weddingId, name, kind, defaultLanguage, wordings })}
      >
        Keep as template
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        isDangerous
        icon={<Trash2 aria-hidden="true" />}
        onAction={() => remove.mutate({ weddingId, id: message.id, version: message.version })}
      >
        Remove the draft
      </MenuItem>
    </Menu>
  );
}
