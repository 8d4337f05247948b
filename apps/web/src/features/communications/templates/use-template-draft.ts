import { useMutation } from '@tanstack/react-query';
import type { MessageTemplate } from '@wedsync/contracts/communications-templates';
import { useState } from 'react';
import { currentOf } from '../../../lib/conflict.ts';
import { trpc } from '../../../lib/trpc.ts';
import { messagesChanged } from '../messages-changed.ts';

/** What a person writes of a template. */
export type TemplateDraft = Pick<MessageTemplate, 'name' | 'kind' | 'defaultLanguage' | 'wordings'>;

const draftOf = ({ name, kind, defaultLanguage, wordings }: TemplateDraft): TemplateDraft => ({
  name,
  kind,
  defaultLanguage,
  wordings,
});

const isTemplate = (value: object): value is MessageTemplate =>
  'wordings' in value && 'name' in value;

/** The template on screen and its saving; each save is a version of its own. */
export function useTemplateDraft(weddingId: string, template: MessageTemplate) {
  const [draft, setDraft] = useState(() => draftOf(template));
  const update = useMutation(
    trpc.communications.updateTemplate.mutationOptions({ onSuccess: messagesChanged }),
  );
  const clash = currentOf(update.error, isTemplate);
  return {
    draft,
    change: (patch: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...patch })),
    /** Shows a template as it stands on the server. */
    adopt: (current: TemplateDraft) => {
      setDraft(draftOf(current));
      update.reset();
    },
    save: () =>
      update.mutate({
        weddingId,
        id: template.id,
        version: Math.max(template.version, clash?.version ?? 0),
        ...draft,
        wordings: draft.wordings.filter(({ body }) => body.trim() !== ''),
      }),
    isChanged: JSON.stringify(draft) !== JSON.stringify(draftOf(template)),
    isSaving: update.isPending,
    error: update.error,
    clash,
  };
}
