import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { TagColor } from '@wedsync/contracts/guest-fields';
import type { Tag } from '@wedsync/contracts/guests';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { IconButton } from '@wedsync/ui/icon-button';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from './guests-changed.ts';
import { useGuestWords } from './use-guest-words.ts';
import { optionsOf, tagColorWords, tagTones } from './words.ts';

interface TagsDialogProps {
  weddingId: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

const colorOptions = optionsOf(tagColorWords);

/** The wedding's tags: make one, take one away. */
export function TagsDialog({ weddingId, isOpen, onOpenChange }: TagsDialogProps) {
  const { tags } = useGuestWords(weddingId);
  const [name, setName] = useState('');
  const [color, setColor] = useState<TagColor>('slate');
  const [doomed, setDoomed] = useState<Tag | null>(null);
  const create = useMutation(
    trpc.guests.createTag.mutationOptions({
      onSuccess: () => {
        setName('');
        void guestsChanged();
      },
    }),
  );
  const remove = useMutation(
    trpc.guests.removeTag.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        void guestsChanged();
      },
    }),
  );
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Tags"
      subtitle="Mark guests that belong together: family, colleagues, the table by the window."
    >
      <Form
        onSubmit={() => create.mutate({ weddingId, name, color })}
        fieldErrors={create.error ? failureOf(create.error).fields : undefined}
        className="flex flex-wrap items-end gap-3"
      >
        <TextField
          label="New tag"
          name="name"
          value={name}
          onChange={setName}
          className="min-w-40 flex-1"
        />
        <Select
          label="Colour"
          options={colorOptions}
          value={color}
          onChange={setColor}
          className="w-32"
        />
        <Button type="submit" variant="primary" isDisabled={!name.trim()}>
          Add
        </Button>
      </Form>
      <div className="mt-3">
        <FailureNote error={create.error} />
      </div>
      <ul className="mt-5 list-none divide-y divide-line p-0">
        {tags.map((tag) => (
          <li key={tag.id} className="flex items-center justify-between py-1.5">
            <Badge tone={tagTones[tag.color]}>{tag.name}</Badge>
            <IconButton
              size="sm"
              tone="danger"
              label={`Remove the tag ${tag.name}`}
              onPress={() => setDoomed(tag)}
            >
              <Trash2 aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      {tags.length === 0 ? <p className="text-ink-soft">There is no tag yet.</p> : null}
      <ConfirmDialog
        isOpen={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={`Remove the tag “${doomed?.name ?? ''}”?`}
        confirmLabel="Remove the tag"
        isPending={remove.isPending}
        onConfirm={() => doomed && remove.mutate({ weddingId, tagId: doomed.id })}
        error={<FailureNote error={remove.error} />}
      >
        It is taken off every guest who carries it. The guests stay. This cannot be undone.
      </ConfirmDialog>
    </Dialog>
  );
}
