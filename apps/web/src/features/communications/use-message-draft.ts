import { useMutation } from '@tanstack/react-query';
import type { Audience, Message, MessageKind } from '@wedsync/contracts/communications';
import { useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { trpc } from '../../lib/trpc.ts';
import { messagesChanged } from './messages-changed.ts';

/** What a person writes of a message. */
export interface MessageDraft {
  title: string;
  kind: MessageKind;
  subject: string;
  body: string;
  replyTo: string;
  audience: Audience;
}

const draftOf = (message: Message): MessageDraft => ({
  title: message.title,
  kind: message.kind,
  subject: message.subject,
  body: message.body,
  replyTo: message.replyTo ?? '',
  audience: message.audience,
});

const isMessage = (value: object): value is Message => 'body' in value && 'subject' in value;

/** The draft on screen and its saving. After a lost race both versions stay until one is chosen. */
export function useMessageDraft(weddingId: string, message: Message) {
  const [saved, setSaved] = useState(message);
  const [draft, setDraft] = useState(() => draftOf(message));
  const update = useMutation(trpc.communications.updateMessage.mutationOptions());
  const clash = currentOf(update.error, isMessage);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(saved));

  /** True when everything is on the server. */
  const save = async (): Promise<boolean> => {
    const { replyTo, ...others } = draft;
    try {
      const next = await update.mutateAsync({
        weddingId,
        id: message.id,
        version: Math.max(saved.version, message.version, clash?.version ?? 0),
        templateId: message.templateId,
        replyTo: replyTo.trim() || null,
        ...others,
      });
      setSaved({ ...message, ...draft, ...next, replyTo: draft.replyTo.trim() || null });
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
  const change = (patch: Partial<MessageDraft>) => setDraft({ ...draft, ...patch });
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
