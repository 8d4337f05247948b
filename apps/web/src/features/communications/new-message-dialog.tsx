import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MessageKind } from '@wedsync/contracts/communications-templates';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { useEffect, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { optionsOf } from '../guests/words.ts';
import { kindWords } from './message-words.ts';
import { messagesChanged } from './messages-changed.ts';

interface NewMessageDialogProps {
  weddingId: string;
  onClose: () => void;
}

/** Starts a draft from a kind of message or from a template of the wedding. */
export function NewMessageDialog({ weddingId, onClose }: NewMessageDialogProps) {
  const navigate = useNavigate();
  const [kind, setKind] = useState<MessageKind>('invitation');
  const [title, setTitle] = useState('');
  const [templateId, setTemplateId] = useState('');
  const templates = useQuery(trpc.communications.listTemplates.queryOptions({ weddingId }));
  const { mutate: addDefaults } = useMutation(
    trpc.communications.addDefaultTemplates.mutationOptions({ onSuccess: messagesChanged }),
  );
  const hasNone = templates.data?.length === 0;
  // A new wedding starts with our suggestions; from then on they are the wedding's own.
  useEffect(() => {
    if (hasNone) addDefaults({ weddingId });
  }, [hasNone, addDefaults, weddingId]);
  const fitting = templates.data?.filter((template) => template.kind === kind) ?? [];
  const create = useMutation(
    trpc.communications.createMessage.mutationOptions({
      onSuccess: ({ id }) => {
        messagesChanged();
        onClose();
        void navigate({
          to: '/weddings/$weddingId/messages/$messageId',
          params: { weddingId, messageId: id },
        });
      },
    }),
  );
  const start = () => {
    const template = fitting.find(({ id }) => id === templateId) ?? fitting[0];
    create.mutate({
      weddingId,
      kind,
      title: title.trim() || kindWords[kind],
      // A template may speak on more channels than the message uses at first.
      wordings: template?.wordings ?? [
        { language: 'en', subject: kindWords[kind], body: 'Dear {{ names }},\n\n' },
      ],
      defaultLanguage: template?.defaultLanguage,
      templateId: template?.id ?? null,
      templateVersion: template?.version ?? null,
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="What would you like to send?"
      size="sm"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="new-message" variant="primary" isPending={create.isPending}>
            Start writing
          </Button>
        </>
      }
    >
      <Form
        id="new-message"
        onSubmit={start}
        fieldErrors={create.error ? failureOf(create.error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={create.error} />
        <RadioGroup
          label="Kind"
          options={optionsOf(kindWords)}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setTemplateId('');
          }}
        />
        {fitting.length > 1 ? (
          <Select
            label="Start from"
            options={fitting.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={templateId || (fitting[0]?.id ?? null)}
            onChange={setTemplateId}
          />
        ) : null}
        <TextField
          label="Title"
          description="Only you see it."
          name="title"
          placeholder={kindWords[kind]}
          value={title}
          onChange={setTitle}
        />
      </Form>
    </Dialog>
  );
}
