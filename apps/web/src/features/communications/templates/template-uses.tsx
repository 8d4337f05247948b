import { useInfiniteQuery } from '@tanstack/react-query';
import type { MessageState } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { Link } from '@wedsync/ui/link';
import { formatMoment } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { stateWords } from '../message-words.ts';

const isState = (state: string): state is MessageState => state in stateWords;

/** Messages that were made from a template. */
export function TemplateUses({ weddingId, templateId }: { weddingId: string; templateId: string }) {
  const uses = useInfiniteQuery(
    trpc.communications.listTemplateUses.infiniteQueryOptions(
      { weddingId, id: templateId, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const list = uses.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.length === 0) return null;
  return (
    <Card title="Used by">
      <ul className="m-0 list-none space-y-1.5 p-0">
        {list.map((use) => (
          <li key={use.messageId} className="flex flex-wrap items-baseline gap-x-3">
            <Link href={paths.message(weddingId, use.messageId)}>{use.title}</Link>
            <span className="text-ink-soft text-sm">
              {isState(use.state) ? stateWords[use.state].toLowerCase() : ''} · version{' '}
              {use.templateVersion} · {formatMoment(use.createdAt)}
            </span>
          </li>
        ))}
      </ul>
      {uses.hasNextPage ? (
        <Button size="sm" className="mt-3" onPress={() => void uses.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Card>
  );
}
