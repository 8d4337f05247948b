import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { IconButton } from '@wedsync/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { notify } from '@wedsync/ui/toast';
import { BookmarkPlus, Ellipsis, MailCheck, Trash2 } from 'lucide-react';
import { trpc } from '../../lib/trpc.ts';
import { messagesChanged } from './messages-changed.ts';
import type { MessageDraft } from './use-message-draft.ts';

interface ComposerMenuProps {
  weddingId: string;
  message: Message;
  draft: MessageDraft;
}

/** What else can be done with a draft. */
export function ComposerMenu({ weddingId, message, draft }: ComposerMenuProps) {
  const navigate = useNavigate();
  const sendTest = useMutation(
    trpc.communications.sendTestMessage.mutationOptions({
      onSuccess: () => notify({ tone: 'done', title: 'A test is on its way to your own inbox' }),
      onError: (error) => notifyFailure('The test was not sent', error),
    }),
  );
  const keep = useMutation(
    trpc.communications.createTemplate.mutationOptions({
      onSuccess: () => {
        messagesChanged();
        notify({ tone: 'done', title: 'The wording is kept as a template' });
      },
      onError: (error) => notifyFailure('The template was not saved', error),
    }),
  );
  const remove = useMutation(
    trpc.communications.removeMessage.mutationOptions({
      onSuccess: () => {
        messagesChanged();
        notify({ tone: 'done', title: 'The draft is removed' });
        void navigate({ to: '/weddings/$weddingId/invitations', params: { weddingId } });
      },
      onError: (error) => notifyFailure('The draft was not removed', error),
    }),
  );
  const { title: name, kind, subject, body } = draft;
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
        icon={<MailCheck aria-hidden="true" />}
        onAction={() => sendTest.mutate({ weddingId, id: message.id })}
      >
        Send the saved draft to me
      </MenuItem>
      <MenuItem
        icon={<BookmarkPlus aria-hidden="true" />}
        onAction={() => keep.mutate({ weddingId, name, kind, subject, body })}
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
