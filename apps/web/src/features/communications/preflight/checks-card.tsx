import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Message } from '@wedsync/contracts/communications';
import type {
  AuthenticationVerdict,
  LinkVerdict,
  MessageChecks,
} from '@wedsync/contracts/communications-control';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { formatAgo } from '../../../lib/format.ts';
import { trpc } from '../../../lib/trpc.ts';

interface ChecksCardProps {
  weddingId: string;
  message: Message;
  /** What the pre-flight brought along. */
  first: MessageChecks | null;
}

const linkLooks: Record<LinkVerdict, [StatusTone, string]> = {
  alive: ['positive', 'Works'],
  dead: ['critical', 'Leads nowhere'],
  refused: ['caution', 'Refused to be looked at'],
  unreachable: ['critical', 'No answer'],
  not_checked: ['neutral', 'Not looked at'],
};

const authenticationLooks: Record<AuthenticationVerdict, [StatusTone, string]> = {
  pass: ['positive', 'In order'],
  warn: ['caution', 'Could be better'],
  fail: ['critical', 'Missing'],
  not_checked: ['neutral', 'Not looked at'],
};

const names: Record<MessageChecks['authentication'][number]['id'], string> = {
  dkim: 'Signature (DKIM)',
  spf: 'Permitted servers (SPF)',
  dmarc: 'Policy (DMARC)',
  alignment: 'Sender and signature agree',
};

/** What had to be asked of the network: whether links work, and whether mailboxes will trust us. */
export function ChecksCard({ weddingId, message, first }: ChecksCardProps) {
  const queryClient = useQueryClient();
  const options = trpc.communications.getMessageChecks.queryOptions({ weddingId, id: message.id });
  const { data: checks } = useQuery({
    ...options,
    placeholderData: first,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
  });
  const start = useMutation(
    trpc.communications.startMessageChecks.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: options.queryKey }),
    }),
  );
  const isRunning = checks?.state === 'running';
  const finishedAt = checks?.finishedAt;
  // What was found is also a reason to warn at the head of the page.
  useEffect(() => {
    if (finishedAt && finishedAt !== first?.finishedAt) {
      void queryClient.invalidateQueries(trpc.communications.preflightMessage.pathFilter());
    }
  }, [finishedAt, first?.finishedAt, queryClient]);
  const isOld = checks && checks.version !== message.version;
  const run = () => start.mutate({ weddingId, id: message.id, version: message.version });
  return (
    <Card
      title="Links and sender"
      note={
        checks?.finishedAt
          ? `Looked at ${formatAgo(checks.finishedAt)}${isOld ? ', before the last change' : ''}`
          : 'Asks the linked pages and the name servers of the sender.'
      }
      actions={
        <Button size="sm" onPress={run} isPending={start.isPending || isRunning}>
          <RotateCw aria-hidden="true" />
          {checks ? 'Look again' : 'Look now'}
        </Button>
      }
    >
      <FailureNote error={start.error} />
      {isRunning ? <ProgressBar label="Asking…" /> : null}
      {checks?.state === 'failed' ? (
        <StatusDot tone="critical">The look did not finish. Try again.</StatusDot>
      ) : null}
      {checks?.state === 'done' ? <Results checks={checks} /> : null}
    </Card>
  );
}

function Results({ checks }: { checks: MessageChecks }) {
  return (
    <div className="flex flex-col gap-4">
      <ul className="m-0 list-none space-y-2 p-0">
        {checks.links.map(({ url, verdict, note }) => (
          <li key={url}>
            <StatusDot tone={linkLooks[verdict][0]}>{linkLooks[verdict][1]}</StatusDot>
            <p className="wrap-anywhere text-sm">{url}</p>
            {note ? <p className="text-ink-soft text-sm">{note}</p> : null}
          </li>
        ))}
        {checks.links.length === 0 ? (
          <li className="text-ink-soft">The text has no links besides the personal ones.</li>
        ) : null}
      </ul>
      <ul className="m-0 list-none space-y-2 border-line border-t p-0 pt-4">
        {checks.authentication.map(({ id, verdict, note }) => (
          <li key={id}>
            <StatusDot tone={authenticationLooks[verdict][0]} isLong>
              {names[id]}: {authenticationLooks[verdict][1].toLowerCase()}
            </StatusDot>
            <p className="text-ink-soft text-sm">{note}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
