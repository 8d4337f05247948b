import { lazyRouteComponent, useNavigate } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notifyUndo } from '@wedsync/ui/toast';
import { BookOpen, ListChecks } from 'lucide-react';
import { Suspense, useState } from 'react';
import { AudienceCard } from './audience-card.tsx';
import { ChannelCard } from './channel-card.tsx';
import { ComposerMenu } from './composer-menu.tsx';
import { PreviewCard } from './preview-card.tsx';
import { channelsOf, useMessageDraft } from './use-message-draft.ts';
import { WordingEditor } from './wording-editor.tsx';

const TemplatePicker = lazyRouteComponent(() => import('./template-picker.tsx'), 'TemplatePicker');

/** Writing a message: the words, whom it reaches, and how each guest will see it. */
export function Composer({ weddingId, message }: { weddingId: string; message: Message }) {
  const form = useMessageDraft(weddingId, message);
  const { draft, change, save, isChanged, isSaving, error } = form;
  const [isPicking, setPicking] = useState(false);
  const navigate = useNavigate();
  const check = async () => {
    if (isChanged && !(await save())) return;
    await navigate({
      to: '/weddings/$weddingId/messages/$messageId/check',
      params: { weddingId, messageId: message.id },
    });
  };
  return (
    <Form
      onSubmit={() => void save()}
      fieldErrors={error ? failureOf(error).fields : undefined}
      className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 flex-col gap-5">
        <Trouble form={form} />
        <Card
          title="Words"
          actions={
            <Button size="sm" onPress={() => setPicking(true)}>
              <BookOpen aria-hidden="true" />
              Use a template…
            </Button>
          }
        >
          <div className="flex flex-col gap-4">
            <TextField
              label="Title"
              description="Only you see it."
              name="title"
              value={draft.title}
              onChange={(title) => change({ title })}
            />
            <WordingEditor
              weddingId={weddingId}
              wordings={draft.wordings}
              defaultLanguage={draft.defaultLanguage}
              channels={channelsOf(draft)}
              onChange={(wordings) => change({ wordings })}
            />
            {draft.channel === 'email' ? (
              <TextField
                label="Replies go to"
                name="replyTo"
                type="email"
                placeholder="The address of your company"
                value={draft.replyTo}
                onChange={(replyTo) => change({ replyTo })}
              />
            ) : null}
          </div>
        </Card>
        <AudienceCard
          weddingId={weddingId}
          audience={draft.audience}
          channel={draft.channel}
          onChange={(audience) => change({ audience })}
        />
        <ChannelCard weddingId={weddingId} draft={draft} onChange={change} />
        <div className="sticky bottom-15 z-10 -mx-4 flex flex-wrap items-center gap-2.5 border-line border-t bg-canvas px-4 py-3.5 sm:mx-0 sm:px-0 md:bottom-0">
          <ComposerMenu weddingId={weddingId} message={message} draft={draft} />
          <span className="flex-1" />
          <Button type="submit" isDisabled={!isChanged} isPending={isSaving}>
            {isSaving ? 'Saving…' : isChanged ? 'Save draft' : 'Saved'}
          </Button>
          <Button variant="primary" onPress={() => void check()}>
            <ListChecks aria-hidden="true" />
            Check and send…
          </Button>
        </div>
      </div>
      <PreviewCard weddingId={weddingId} draft={draft} channels={channelsOf(draft)} />
      {isPicking ? (
        <Suspense>
          <TemplatePicker
            weddingId={weddingId}
            onClose={() => setPicking(false)}
            onPick={({ id, version, wordings, defaultLanguage }) => {
              const before = { ...draft };
              change({ wordings, defaultLanguage, templateId: id, templateVersion: version });
              setPicking(false);
              notifyUndo('The wording of the template is taken over', () => change(before));
            }}
          />
        </Suspense>
      ) : null}
    </Form>
  );
}

/** Why saving failed: a lost race keeps what was typed until one of both is chosen. */
function Trouble({ form }: { form: ReturnType<typeof useMessageDraft> }) {
  const { clash, error, save, adopt } = form;
  if (!clash) return <FailureNote error={error} />;
  return (
    <Callout
      tone="caution"
      title="Somebody else saved this message meanwhile"
      isLive
      actions={
        <>
          <Button size="sm" variant="primary" onPress={() => void save()}>
            Save mine over theirs
          </Button>
          <Button size="sm" onPress={adopt}>
            Show theirs
          </Button>
        </>
      }
    >
      What you typed is still here. Theirs has the title “{clash.title}”.
    </Callout>
  );
}
