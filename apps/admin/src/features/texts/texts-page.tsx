import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { SimulatedText, SmsProviderStatus } from '@wedsync/contracts/communications-sms';
import { failureOf } from '@wedsync/contracts/failure';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { Form } from '@wedsync/ui/form';
import { formatMoment, plural } from '@wedsync/ui/format';
import { SearchField } from '@wedsync/ui/search-field';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { MessageSquareText, Send } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { PauseButton } from '../shell/live-control.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { ClearTexts } from './clear-texts.tsx';
import { TextsFrame } from './texts-frame.tsx';

const statusWords: Record<SmsProviderStatus, string> = {
  accepted: 'Accepted',
  sent: 'With the carrier',
  delivered: 'Delivered',
  undelivered: 'Not delivered',
  rejected: 'Refused',
};

/** Texts of the simulator: what guests would have read, and a way to answer as one of them. */
export function TextsPage() {
  const live = useLive();
  const [typed, setTyped] = useState('');
  const [answering, setAnswering] = useState<string | null>(null);
  const search = useDebounced(typed.trim(), 200);
  const texts = useInfiniteQuery({
    ...trpc.monitoring.listSimulatedTexts.infiniteQueryOptions(
      { search, limit: 50 },
      {
        getNextPageParam: (page) =>
          (page.kind === 'simulated' ? page.nextCursor : null) ?? undefined,
      },
    ),
    ...live,
    placeholderData: (old) => old,
  });
  const [first] = texts.data?.pages ?? [];
  if (first?.kind === 'provider') {
    return (
      <TextsFrame title="Texts" note="What was texted, and what it costs.">
        <EmptyState icon={<Send />} title="Texts leave through your provider">
          Every text is sent and none is kept here. Without a provider, texts are caught by the
          simulator and shown on this page.
        </EmptyState>
      </TextsFrame>
    );
  }
  return (
    <TextsFrame
      title="Texts"
      note="Caught by the simulator of this machine: nobody received one."
      actions={
        <>
          <PauseButton />
          <ClearTexts total={first?.total ?? 0} />
        </>
      }
    >
      <SearchField
        label="Search number or words"
        value={typed}
        onChange={setTyped}
        className="mb-4"
      />
      <Reading query={texts} label="texts">
        {({ pages }) => {
          const items = pages.flatMap((page) => (page.kind === 'simulated' ? page.items : []));
          return items.length > 0 ? (
            <ol className="m-0 flex list-none flex-col gap-3 p-0">
              {items.map((text) => (
                <TextItem
                  key={text.id}
                  text={text}
                  isAnswering={answering === text.id}
                  onAnswer={(isOpen) => setAnswering(isOpen ? text.id : null)}
                />
              ))}
            </ol>
          ) : (
            <EmptyState icon={<MessageSquareText />} title="No text yet">
              What WedSync texts to guests appears here by itself.
            </EmptyState>
          );
        }}
      </Reading>
      <MoreButton query={texts} />
    </TextsFrame>
  );
}

interface TextItemProps {
  text: SimulatedText;
  isAnswering: boolean;
  onAnswer: (isOpen: boolean) => void;
}

function TextItem({ text, isAnswering, onAnswer }: TextItemProps) {
  const isOurs = text.direction === 'to_guest';
  return (
    <li
      className={`max-w-[85%] rounded-xl border border-line px-4 py-3 ${isOurs ? 'self-end bg-accent-soft' : 'self-start bg-surface'}`}
    >
      <p className="tabular flex flex-wrap justify-between gap-x-4 text-ink-soft text-sm">
        <span>
          {text.from} to {text.to}
        </span>
        <span>{formatMoment(text.at)}</span>
      </p>
      <p className="wrap-anywhere mt-1 whitespace-pre-wrap">{text.text}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2.5 text-ink-soft text-sm">
        <span>
          {plural(text.segments, 'segment')}, {text.encoding === 'gsm7' ? 'GSM-7' : 'UCS-2'}
        </span>
        {text.status ? (
          <Badge tone={text.status === 'delivered' ? 'positive' : 'neutral'}>
            {statusWords[text.status]}
          </Badge>
        ) : null}
        {isOurs && !isAnswering ? (
          <Button size="sm" onPress={() => onAnswer(true)}>
            Answer as the guest…
          </Button>
        ) : null}
      </div>
      {isAnswering ? <AnswerForm textId={text.id} onDone={() => onAnswer(false)} /> : null}
    </li>
  );
}

function AnswerForm({ textId, onDone }: { textId: string; onDone: () => void }) {
  const [text, setText] = useState('STOP');
  const reply = useMutation(
    trpc.monitoring.replyToSimulatedText.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The answer is on its way to WedSync' });
        onDone();
      },
    }),
  );
  return (
    <Form
      onSubmit={() => reply.mutate({ textId, text })}
      fieldErrors={reply.error ? failureOf(reply.error).fields : undefined}
      className="mt-3 flex flex-wrap items-end gap-2"
    >
      <TextField
        label="Answer"
        name="text"
        value={text}
        onChange={setText}
        isRequired
        autoFocus
        className="min-w-40 flex-1"
      />
      <Button type="submit" variant="primary" isPending={reply.isPending}>
        Send
      </Button>
      <Button onPress={onDone}>Cancel</Button>
    </Form>
  );
}
