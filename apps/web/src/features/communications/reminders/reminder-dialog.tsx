import { useMutation, useQuery } from '@tanstack/react-query';
import type { Audience } from '@wedsync/contracts/communications';
import type { ReminderRule } from '@wedsync/contracts/communications-control';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Link } from '@wedsync/ui/link';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { AnchorFields, type AnchorTime } from '../anchor-fields.tsx';
import { AudienceFields } from '../composer/audience-fields.tsx';
import { channelWords, kindWords } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';

interface ReminderDialogProps {
  weddingId: string;
  /** Null: a new one. */
  rule: ReminderRule | null;
  onClose: () => void;
}

const everybody: Audience = {
  eventIds: [],
  answers: [],
  tagIds: [],
  sides: [],
  householdIds: [],
  guestIds: [],
  missing: [],
  unansweredQuestionIds: [],
};

/** When a reminder leaves, what it says and to whom. */
export function ReminderDialog({ weddingId, rule, onClose }: ReminderDialogProps) {
  const { events } = useWedding(weddingId);
  const templates = useQuery(trpc.communications.listTemplates.queryOptions({ weddingId }));
  const list = templates.data ?? [];
  const [name, setName] = useState(rule?.name ?? 'A week before the last day');
  const [templateId, setTemplateId] = useState<string | null>(rule?.templateId ?? null);
  const [channel, setChannel] = useState<MessageChannel>(rule?.channel ?? 'email');
  const [anchor, setAnchor] = useState<AnchorTime>(
    rule ?? { anchor: 'rsvp_deadline', eventId: null, days: -7, time: '10:00' },
  );
  const [onlyUnanswered, setOnlyUnanswered] = useState(rule?.onlyUnanswered ?? true);
  const [audience, setAudience] = useState<Audience>(rule?.audience ?? everybody);
  const onSuccess = () => {
    messagesChanged();
    onClose();
  };
  const create = useMutation(trpc.communications.createReminderRule.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.communications.updateReminderRule.mutationOptions({ onSuccess }));
  const { error, isPending } = rule ? update : create;
  const template =
    list.find(({ id }) => id === templateId) ??
    list.find(({ kind }) => kind === 'reminder') ??
    list[0];
  const channels = [...new Set(template?.wordings.map((one) => one.channel) ?? [])];
  const eventId = events.find(({ id }) => id === anchor.eventId)?.id ?? null;
  const save = () => {
    if (!template) return;
    const fields = {
      weddingId,
      name,
      templateId: template.id,
      channel: channels.includes(channel) ? channel : (channels[0] ?? 'email'),
      ...anchor,
      eventId: anchor.anchor === 'event' ? eventId : null,
      audience,
      onlyUnanswered,
    };
    if (!rule) create.mutate(fields);
    else update.mutate({ ...fields, id: rule.id, version: rule.version, paused: rule.paused });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={rule ? 'Change the reminder' : 'New reminder'}
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="reminder"
            variant="primary"
            isPending={isPending}
            isDisabled={!template}
          >
            Save
          </Button>
        </>
      }
    >
      <Form
        id="reminder"
        onSubmit={save}
        fieldErrors={error ? failureOf(error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={error} />
        <TextField label="Name" name="name" value={name} onChange={setName} isRequired autoFocus />
        <AnchorFields weddingId={weddingId} value={anchor} onChange={setAnchor} />
        {list.length > 0 ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Says"
              options={list.map((one) => ({
                value: String(one.id),
                label: one.name,
                note: kindWords[one.kind],
              }))}
              value={template?.id ?? null}
              onChange={setTemplateId}
            />
            <Select
              label="By"
              options={channels.map((value) => ({ value, label: channelWords[value] }))}
              value={channels.includes(channel) ? channel : (channels[0] ?? null)}
              onChange={setChannel}
            />
          </div>
        ) : templates.isSuccess ? (
          <p>
            There is no template yet. <Link href={paths.templates(weddingId)}>Make one first</Link>
          </p>
        ) : null}
        <Checkbox isSelected={onlyUnanswered} onChange={setOnlyUnanswered}>
          Only to those who have not answered by then
        </Checkbox>
        <details>
          <summary className="min-h-6 cursor-pointer font-medium">Only some of the guests</summary>
          <div className="mt-4 flex flex-col gap-5">
            <AudienceFields weddingId={weddingId} audience={audience} onChange={setAudience} />
          </div>
        </details>
      </Form>
    </Dialog>
  );
}
