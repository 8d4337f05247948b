import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { Question } from '@wedsync/contracts/rsvp';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { IconButton } from '@wedsync/ui/icon-button';
import { Pencil, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit } from '../../lib/wedding.ts';
import { questionKindWords } from './question-words.ts';

const QuestionDialog = lazyRouteComponent(() => import('./question-dialog.tsx'), 'QuestionDialog');

/** What guests are asked beside coming or not: songs, rooms, the bus. */
export function QuestionsCard({ weddingId }: { weddingId: string }) {
  const [open, setOpen] = useState<Question | 'new' | null>(null);
  const canEdit = useCanEdit(weddingId);
  const questions = useQuery(trpc.guests.listQuestions.queryOptions({ weddingId }));
  const list = questions.data ?? [];
  return (
    <Card
      title="Questions to the guests"
      note="They stand on the page where a household answers."
      actions={
        canEdit ? (
          <Button size="sm" onPress={() => setOpen('new')}>
            <Plus aria-hidden="true" />
            Add question
          </Button>
        ) : null
      }
    >
      <FailureNote error={questions.error} />
      {questions.data && list.length === 0 ? (
        <p className="text-ink-soft">
          Nothing is asked yet. “Which song fills the dance floor?” is a good start.
        </p>
      ) : null}
      <ul className="m-0 list-none divide-y divide-line p-0">
        {list.map((question) => (
          <li key={question.id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1">{question.prompt}</span>
            <Badge>{questionKindWords[question.kind]}</Badge>
            {canEdit ? (
              <IconButton
                size="sm"
                label={`Edit “${question.prompt}”`}
                onPress={() => setOpen(question)}
              >
                <Pencil aria-hidden="true" />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      {open ? (
        <Suspense>
          <QuestionDialog
            weddingId={weddingId}
            question={open === 'new' ? null : open}
            position={list.length}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      ) : null}
    </Card>
  );
}
