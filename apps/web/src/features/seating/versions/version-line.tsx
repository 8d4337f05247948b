import { useMutation } from '@tanstack/react-query';
import type { SeatingVersion } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { formatAgo, formatCount, plural } from '@wedsync/ui/format';
import { IconButton } from '@wedsync/ui/icon-button';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';

interface VersionLineProps {
  version: SeatingVersion;
  onCompare: () => void;
  onRemoved: () => void;
}

/** A kept plan: what it is called, who kept it, how many sit in it. */
export function VersionLine({ version, onCompare, onRemoved }: VersionLineProps) {
  const { weddingId, canEdit } = useSeating();
  const [isAsking, setAsking] = useState(false);
  const { name, seatedCount, cost, savedAt, savedByName } = version;
  const remove = useMutation(
    trpc.seating.removeVersion.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: onRemoved,
    }),
  );
  return (
    <li className="flex items-center gap-2 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="tabular text-ink-soft text-sm">
          {plural(seatedCount, 'guest')} seated
          {cost === null ? '' : `, cost ${formatCount(cost)}`}
        </p>
        <p className="text-ink-soft text-sm">
          {formatAgo(savedAt)}, {savedByName}
        </p>
      </div>
      <Button size="sm" aria-label={`Compare “${name}” with the plan`} onPress={onCompare}>
        Compare
      </Button>
      {canEdit ? (
        <IconButton tone="danger" label={`Remove “${name}”`} onPress={() => setAsking(true)}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Remove “${name}”?`}
        confirmLabel="Remove the version"
        isPending={remove.isPending}
        onConfirm={() => remove.mutate({ weddingId, versionId: version.id })}
        error={<FailureNote error={remove.error} />}
      >
        The plan of today stays as it is. The kept version is gone for good.
      </ConfirmDialog>
    </li>
  );
}
