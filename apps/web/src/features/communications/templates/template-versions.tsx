import { useMutation, useQuery } from '@tanstack/react-query';
import type { MessageTemplate } from '@wedsync/contracts/communications-templates';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureNote, notifyFailure } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { formatMoment, plural } from '../../../lib/format.ts';
import { trpc } from '../../../lib/trpc.ts';
import { languageWords } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';

interface TemplateVersionsProps {
  weddingId: string;
  template: MessageTemplate;
  /** The template after an earlier version has become the newest. */
  onShow: (template: MessageTemplate) => void;
}

/** Every save of a template, newest first; any of them can become the newest again. */
export function TemplateVersions({ weddingId, template, onShow }: TemplateVersionsProps) {
  const { id, version } = template;
  const versions = useQuery(
    trpc.communications.listTemplateVersions.queryOptions({ weddingId, id }),
  );
  const restore = useMutation(
    trpc.communications.restoreTemplateVersion.mutationOptions({
      onSuccess: (restored, input) => {
        messagesChanged();
        onShow(restored);
        notify({ tone: 'done', title: `Version ${input.restore} is the newest again` });
      },
      onError: (error) => notifyFailure('Nothing was brought back', error),
    }),
  );
  return (
    <Card title="Versions" isFlush>
      {versions.error ? (
        <div className="px-5 pb-4.5">
          <FailureNote error={versions.error} />
        </div>
      ) : versions.isPending ? (
        <div className="px-5 pb-4.5">
          <SkeletonRows rows={2} label="The versions are loading" />
        </div>
      ) : (
        <ol className="m-0 max-h-80 list-none divide-y divide-line overflow-auto border-line border-t p-0">
          {versions.data.map((one) => (
            <li
              key={one.version}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-2.5"
            >
              <span className="min-w-0 flex-1 basis-52">
                <span className="font-medium">Version {one.version}</span>{' '}
                <span className="text-ink-soft text-sm">
                  {formatMoment(one.createdAt)}
                  {one.createdByName ? `, ${one.createdByName}` : ''} ·{' '}
                  {one.languages.map(languageWords).join(', ')}
                  {one.usedBy > 0 ? ` · used by ${plural(one.usedBy, 'message')}` : ''}
                </span>
              </span>
              {one.version === version ? (
                <span className="text-ink-soft text-sm">The newest</span>
              ) : (
                <Button
                  size="sm"
                  onPress={() => restore.mutate({ weddingId, id, version, restore: one.version })}
                  isPending={restore.isPending}
                >
                  Bring back
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
