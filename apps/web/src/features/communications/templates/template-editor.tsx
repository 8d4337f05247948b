import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MessageTemplate } from '@wedsync/contracts/communications-templates';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { FailureNote, notifyFailure } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { notifyUndo } from '@wedsync/ui/toast';
import { Trash2 } from 'lucide-react';
import { trpc } from '../../../lib/trpc.ts';
import { optionsOf } from '../../guests/words.ts';
import { PreviewCard } from '../composer/preview-card.tsx';
import { WordingEditor } from '../composer/wording-editor.tsx';
import { kindWords } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';
import { TemplateUses } from './template-uses.tsx';
import { TemplateVersions } from './template-versions.tsx';
import { useTemplateDraft } from './use-template-draft.ts';

interface TemplateEditorProps {
  weddingId: string;
  template: MessageTemplate;
}

/** Writing a template; all channels can be worded, a message takes those that it uses. */
export function TemplateEditor({ weddingId, template }: TemplateEditorProps) {
  const form = useTemplateDraft(weddingId, template);
  const { draft, change, save, isChanged, isSaving, error, clash, adopt } = form;
  const worded = new Set(draft.wordings.map(({ channel }) => channel));
  const shown = worded.size > 0 ? [...worded] : (['email'] as const);
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <Form
        onSubmit={save}
        fieldErrors={error ? failureOf(error).fields : undefined}
        className="flex min-w-0 flex-col gap-5"
      >
        {clash ? (
          <Callout
            tone="caution"
            title="Somebody else saved this template meanwhile"
            isLive
            actions={
              <>
                <Button size="sm" variant="primary" onPress={save}>
                  Save mine as the newest
                </Button>
                <Button size="sm" onPress={() => adopt(clash)}>
                  Show theirs
                </Button>
              </>
            }
          >
            What you typed is still here; both versions are kept in any case.
          </Callout>
        ) : (
          <FailureNote error={error} />
        )}
        <Card title="Words">
          <div className="flex flex-col gap-4">
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label="Name"
                name="name"
                value={draft.name}
                onChange={(name) => change({ name })}
                isRequired
              />
              <Select
                label="Kind"
                options={optionsOf(kindWords)}
                value={draft.kind}
                onChange={(kind) => change({ kind })}
              />
            </div>
            <WordingEditor
              weddingId={weddingId}
              wordings={draft.wordings}
              defaultLanguage={draft.defaultLanguage}
              channels={['email', 'sms', 'notice']}
              onChange={(wordings) => change({ wordings })}
            />
          </div>
        </Card>
        <TemplateVersions weddingId={weddingId} template={template} onShow={adopt} />
        <TemplateUses weddingId={weddingId} templateId={template.id} />
        <div className="sticky bottom-15 z-10 -mx-4 flex flex-wrap items-center gap-2.5 border-line border-t bg-canvas px-4 py-3.5 sm:mx-0 sm:px-0 md:bottom-0">
          <RemoveButton weddingId={weddingId} template={template} />
          <span className="flex-1" />
          <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={isSaving}>
            {isSaving ? 'Saving…' : isChanged ? 'Save as a new version' : 'Saved'}
          </Button>
        </div>
      </Form>
      <PreviewCard weddingId={weddingId} draft={draft} channels={shown} />
    </div>
  );
}

function RemoveButton({ weddingId, template }: TemplateEditorProps) {
  const navigate = useNavigate();
  const create = useMutation(
    trpc.communications.createTemplate.mutationOptions({
      onSuccess: messagesChanged,
      onError: (error) => notifyFailure('The template did not come back', error),
    }),
  );
  const remove = useMutation(
    trpc.communications.removeTemplate.mutationOptions({
      onSuccess: () => {
        const { name, kind, defaultLanguage, wordings } = template;
        messagesChanged();
        notifyUndo(`“${name}” is removed`, () =>
          create.mutate({ weddingId, name, kind, defaultLanguage, wordings }),
        );
        void navigate({ to: '/weddings/$weddingId/templates', params: { weddingId } });
      },
      onError: (error) => notifyFailure('The template was not removed', error),
    }),
  );
  return (
    <Button
      variant="quiet"
      onPress={() => remove.mutate({ weddingId, id: template.id, version: template.version })}
      isPending={remove.isPending}
    >
      <Trash2 aria-hidden="true" />
      Remove
    </Button>
  );
}
