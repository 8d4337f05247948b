import type { Message } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { AudienceCard } from './audience-card.tsx';
import { ComposerMenu } from './composer-menu.tsx';
import { MessagePreviewCard } from './message-preview-card.tsx';
import { SendDialog } from './send-dialog.tsx';
import { useMessageDraft } from './use-message-draft.ts';
import { WordingFields } from './wording-fields.tsx';

/** Writing a message: the words, whom it reaches, and how each guest will see it. */
export function Composer({ weddingId, message }: { weddingId: string; message: Message }) {
  const { draft, change, save, isChanged, isSaving, error, clash, adopt } = useMessageDraft(
    weddingId,
    message,
  );
  const [isSendOpen, setSendOpen] = useState(false);
  const openSend = async () => {
    if (!isChanged || (await save())) setSendOpen(true);
  };
  return (
    <Form
      onSubmit={() => void save()}
      fieldErrors={error ? failureOf(error).fields : undefined}
      className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 flex-col gap-5">
        {clash ? (
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
            What you typed is still here. Theirs has the subject “{clash.subject}”.
          </Callout>
        ) : (
          <FailureNote error={error} />
        )}
        <Card title="Words">
          <WordingFields draft={draft} onChange={change} />
        </Card>
        <AudienceCard
          weddingId={weddingId}
          audience={draft.audience}
          onChange={(audience) => change({ audience })}
        />
        <div className="sticky bottom-15 z-10 -mx-4 flex flex-wrap items-center gap-2.5 border-line border-t bg-canvas px-4 py-3.5 sm:mx-0 sm:px-0 md:bottom-0">
          <ComposerMenu weddingId={weddingId} message={message} draft={draft} />
          <span className="flex-1" />
          <Button type="submit" isDisabled={!isChanged} isPending={isSaving}>
            {isSaving ? 'Saving…' : isChanged ? 'Save draft' : 'Saved'}
          </Button>
          <Button variant="primary" onPress={() => void openSend()}>
            <Send aria-hidden="true" />
            Send…
          </Button>
        </div>
      </div>
      <MessagePreviewCard weddingId={weddingId} draft={draft} />
      <SendDialog
        weddingId={weddingId}
        message={message}
        isOpen={isSendOpen}
        onOpenChange={setSendOpen}
      />
    </Form>
  );
}
