import { skipToken, useQuery } from '@tanstack/react-query';
import type { MessageTemplate, TemplateVersion } from '@wedsync/contracts/communications-templates';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Select } from '@wedsync/ui/select';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { useState } from 'react';
import { formatMoment } from '../../../lib/format.ts';
import { trpc } from '../../../lib/trpc.ts';
import { kindWords, languageWords, subjectWords } from '../message-words.ts';

type Picked = MessageTemplate | TemplateVersion;

interface TemplatePickerProps {
  weddingId: string;
  onClose: () => void;
  onPick: (template: Picked) => void;
}

/** Takes over the wording of a template, the newest or an earlier one. */
export function TemplatePicker({ weddingId, onClose, onPick }: TemplatePickerProps) {
  const templates = useQuery(trpc.communications.listTemplates.queryOptions({ weddingId }));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const list = templates.data ?? [];
  const chosen = list.find(({ id }) => id === chosenId) ?? list[0];
  const [version, setVersion] = useState('newest');
  const versions = useQuery(
    trpc.communications.listTemplateVersions.queryOptions(
      chosen ? { weddingId, id: chosen.id } : skipToken,
    ),
  );
  const earlier = useQuery(
    trpc.communications.getTemplateVersion.queryOptions(
      chosen && version !== 'newest'
        ? { weddingId, id: chosen.id, version: Number(version) }
        : skipToken,
    ),
  );
  const shown: Picked | undefined = version === 'newest' ? chosen : earlier.data;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Use a template"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!shown} onPress={() => shown && onPick(shown)}>
            Use this wording
          </Button>
        </>
      }
    >
      <FailureNote error={templates.error ?? earlier.error} />
      {templates.isPending ? (
        <SkeletonRows label="The templates are loading" />
      ) : list.length === 0 ? (
        <EmptyState title="There is no template yet">
          Write a message and keep its wording as a template.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label="Template"
              options={list.map(({ id, name, kind }) => ({
                value: String(id),
                label: name,
                note: kindWords[kind],
              }))}
              value={chosen?.id ?? null}
              onChange={(next) => {
                setChosenId(next);
                setVersion('newest');
              }}
            />
            <Select
              label="Version"
              options={[
                { value: 'newest', label: 'The newest' },
                ...(versions.data ?? [])
                  .filter((one) => one.version !== chosen?.version)
                  .map((one) => ({
                    value: String(one.version),
                    label: `Version ${one.version}`,
                    note: formatMoment(one.createdAt),
                  })),
              ]}
              value={version}
              onChange={setVersion}
            />
          </div>
          {shown ? (
            <ul className="m-0 flex list-none flex-col gap-3 p-0">
              {shown.wordings.map((wording) => (
                <li
                  key={`${wording.channel} ${wording.language}`}
                  className="rounded-lg bg-sunken px-4 py-3 text-sm"
                >
                  <p className="text-ink-soft">{languageWords(wording.language)}</p>
                  {wording.subject ? (
                    <p className="font-medium">{subjectWords(wording.subject)}</p>
                  ) : null}
                  <p className="mt-1 line-clamp-4 whitespace-pre-wrap">{wording.body}</p>
                </li>
              ))}
            </ul>
          ) : (
            <SkeletonRows rows={2} label="The version is loading" />
          )}
        </div>
      )}
    </Dialog>
  );
}
