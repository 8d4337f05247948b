import { useQuery } from '@tanstack/react-query';
import { type Answer, answers } from '@wedsync/contracts/guest-fields';
import type { AuditLine } from '@wedsync/contracts/weddings';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { Skeleton } from '@wedsync/ui/skeleton';
import { formatAgo } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { AnswerMark } from '../guests/answer-mark.tsx';
import { useGuestRows } from '../guests/use-guest-rows.ts';
import { guestName } from '../guests/words.ts';

const shownMax = 12;
/** Other edits stand between the answers in the history; this many lines reach far enough back. */
const readMax = 150;

interface GivenAnswer {
  id: string;
  guestId: string;
  eventId: string;
  answer: Answer;
  at: string;
}

/** The answer that a line of the history tells of, if it tells of one. */
function answerOf(line: Omit<AuditLine, 'before' | 'after'> & { after?: unknown }): GivenAnswer[] {
  const { id, entityId, at, after } = line;
  if (typeof after !== 'object' || after === null || !entityId) return [];
  if (!('answer' in after && 'eventId' in after)) return [];
  const answer = answers.find((value) => value === after.answer);
  return answer ? [{ id, guestId: entityId, eventId: String(after.eventId), answer, at }] : [];
}

/** The newest answers; they appear by themselves while the page is open. */
export function LatestAnswers({ weddingId }: { weddingId: string }) {
  const { events } = useWedding(weddingId);
  const { all } = useGuestRows(weddingId, {});
  const history = useQuery(
    trpc.weddings.listAudit.queryOptions({ weddingId, entity: 'guest', limit: readMax }),
  );
  const list = history.data?.items.flatMap((line) => answerOf(line)).slice(0, shownMax) ?? [];
  const names = new Map<string, string>(all.map((row) => [row.id, guestName(row)]));
  const eventNames = new Map<string, string>(events.map((event) => [event.id, event.name]));
  return (
    <Card title="Latest answers">
      <FailureNote error={history.error} />
      {history.isPending ? <Skeleton className="h-40 w-full" /> : null}
      {history.data && list.length === 0 ? (
        <p className="text-ink-soft">Answers appear here as they arrive.</p>
      ) : null}
      <ol aria-live="polite" className="m-0 list-none divide-y divide-line p-0">
        {list.map((entry) => (
          <li key={entry.id} className="py-2.5">
            <Link variant="quiet" href={`${paths.guests(weddingId)}?guest=${entry.guestId}`}>
              {names.get(entry.guestId) ?? 'A guest'}
            </Link>
            <p className="flex flex-wrap gap-x-2 text-sm">
              <AnswerMark answer={entry.answer} />
              <span className="text-ink-soft">
                {eventNames.get(entry.eventId) ?? 'an event'}, {formatAgo(entry.at)}
              </span>
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
