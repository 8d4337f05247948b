import { useMutation } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import { useState } from 'react';
import { currentOf } from '../../../lib/conflict.ts';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';
import { wordingsFor } from './wordings.ts';

/** What a person writes of a message. */
export type MessageDraft = Pick<
  Message,
  | 'title'
  | 'kind'
  | 'channel'
  | 'fallbackChannel'
  | 'fallbackAfterHours'
  | 'purpose'
  | 'defaultLanguage'
  | 'wordings'
  | 'audience'
  | 'templateId'
  | 'templateVersion'
> & { replyTo: string };

const draftOf = (message: Message): MessageDraft => ({
  title: message.title,
  kind: message.kind,
  channel: message.channel,
  fallbackChannel: message.fallbackChannel,
  fallbackAfterHours: message.fallbackAfterHours,
  purpose: message.purpose,
  defaultLanguage: message.defaultLanguage,
  wordings: message.wordings,
  audience: message.audience,
  templateId: message.templateId,
  templateVersion: message.templateVersion,
  replyTo: message.replyTo ?? '',
});

/** Channels that the message uses, the first one first. */
export const channelsOf = ({ channel, fallbackChannel }: MessageDraft) =>
  fallbackChannel ? [channel, fallbackChannel] : [channel];

const isMessage = (value: object): value is Message => 'wordings' in value && 'audience' in value;

/** The draft on screen and its saving. After a lost race both versions stay until one is chosen. */
export function useMessageDraft(weddingId: string, message: Message) {
  const [saved, setSaved] = useState(message);
  const [draft, setDraft] = useState(() => draftOf(message));
  const update = useMutation(trpc.communications.updateMessage.mutationOptions());
  const clash = currentOf(update.error, isMessage);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(saved));

  /** True when everything is on the server. */
  const save = async (): Promise<boolean> => {
    const replyTo = draft.replyTo.trim() || null;
    try {
      const next = await update.mutateAsync({
        ...draft,
        weddingId,
        id: message.id,
        version: Math.max(saved.version, message.version, clash?.version ?? 0),
        wordings: wordingsFor(draft.wordings, channelsOf(draft)),
        replyTo,
      });
      setSaved({ ...message, ...draft, ...next, replyTo });
      messagesChanged();
      return true;
    } catch {
      // `update.error` holds it and the page shows it.
      return false;
    }
  };
  /** Gives up what was typed for what the other person saved. */
  const adopt = () => {
    if (!clash) return;
    setSaved(clash);
    setDraft(draftOf(clash));
    update.reset();
  };
  const change = (patch: Partial<MessageDraft>) => setDraft((before) => ({ ...before, ...patch }));
  return {
    draft,
    change,
    save,
    isChanged,
    isSaving: update.isPending,
    error: update.error,
    clash,
    adopt,
  };
}
