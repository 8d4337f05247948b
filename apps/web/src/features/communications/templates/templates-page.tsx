import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { MessageTemplate } from '@wedsync/contracts/communications-templates';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { BookOpen, Plus } from 'lucide-react';
import { formatAgo, plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { channelWords, kindWords, languageWords, subjectWords } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';
import { MessagesFrame } from '../messages-frame.tsx';

function TemplateCard({ weddingId, template }: { weddingId: string; template: MessageTemplate }) {
  const { wordings, defaultLanguage, usedBy } = template;
  const languages = [...new Set(wordings.map(({ language }) => language))];
  const channels = [...new Set(wordings.map(({ channel }) => channel))];
  const first = wordings.find(({ language }) => language === defaultLanguage) ?? wordings[0];
  return (
    <li className="flex flex-col rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <h2 className="font-display text-ink text-xl">
        <Link variant="quiet" href={paths.template(weddingId, template.id)}>
          {template.name}
        </Link>
      </h2>
      <p className="text-ink-soft text-sm">
        {kindWords[template.kind]} · {channels.map((one) => channelWords[one]).join(', ')} ·{' '}
        {languages.map(languageWords).join(', ')}
      </p>
      <p className="mt-2 line-clamp-3 flex-1 text-sm">
        {first?.subject ? `${subjectWords(first.subject)}. ` : ''}
        {subjectWords(first?.body ?? '')}
      </p>
      <p className="mt-3 text-ink-soft text-sm">
        {usedBy > 0 ? `Used by ${plural(usedBy, 'message')}` : 'Not used yet'} · version{' '}
        {template.version}, {formatAgo(template.updatedAt)}
      </p>
    </li>
  );
}

/** The wordings that a wedding keeps, and how often each was used. */
export function TemplatesPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/templates' });
  const navigate = useNavigate();
  const templates = useQuery(trpc.communications.listTemplates.queryOptions({ weddingId }));
  const create = useMutation(
    trpc.communications.createTemplate.mutationOptions({
      onSuccess: ({ id }) => {
        messagesChanged();
        void navigate({
          to: '/weddings/$weddingId/templates/$templateId',
          params: { weddingId, templateId: id },
        });
      },
      onError: (error) => notifyFailure('The template was not made', error),
    }),
  );
  const addDefaults = useMutation(
    trpc.communications.addDefaultTemplates.mutationOptions({
      onSuccess: ({ added }) => {
        messagesChanged();
        notify({
          tone: added > 0 ? 'done' : 'news',
          title:
            added > 0 ? `${plural(added, 'template')} added` : 'All suggestions are here already',
        });
      },
      onError: (error) => notifyFailure('Nothing was added', error),
    }),
  );
  const write = () =>
    create.mutate({
      weddingId,
      name: 'New template',
      kind: 'other',
      wordings: [
        { language: 'en', subject: 'From {{ couple_names }}', body: 'Dear {{ names }},\n\n' },
      ],
    });
  const list = templates.data ?? [];
  return (
    <MessagesFrame
      weddingId={weddingId}
      title="Templates"
      note="Wordings to start from. Every save is kept and can be brought back."
      actions={
        <>
          <Button
            onPress={() => addDefaults.mutate({ weddingId })}
            isPending={addDefaults.isPending}
          >
            <BookOpen aria-hidden="true" />
            Add our suggestions
          </Button>
          <Button variant="primary" onPress={write} isPending={create.isPending}>
            <Plus aria-hidden="true" />
            New template
          </Button>
        </>
      }
    >
      {templates.error ? (
        <FailureState error={templates.error} onRetry={() => void templates.refetch()} />
      ) : templates.isPending ? (
        <SkeletonRows label="The templates are loading" />
      ) : list.length === 0 ? (
        <EmptyState icon={<BookOpen />} title="No template yet">
          Add our suggestions in five languages, or keep the wording of a message as a template.
        </EmptyState>
      ) : (
        <ul className="m-0 grid list-none gap-4 p-0 md:grid-cols-2 xl:grid-cols-3">
          {list.map((template) => (
            <TemplateCard key={template.id} weddingId={weddingId} template={template} />
          ))}
        </ul>
      )}
    </MessagesFrame>
  );
}
