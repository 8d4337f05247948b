import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SendSettings } from '@wedsync/contracts/communications-control';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { Checkbox } from '@wedsync/ui/checkbox';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { Skeleton } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';

/** How much one guest may get, over all messages of the wedding. */
export function SendSettingsCard({ weddingId }: { weddingId: string }) {
  const settings = useQuery(trpc.communications.getSendSettings.queryOptions({ weddingId }));
  return (
    <Card title="Not too often">
      <FailureNote error={settings.error} />
      {settings.data ? (
        <LimitForm key={settings.data.version} weddingId={weddingId} settings={settings.data} />
      ) : settings.isPending ? (
        <Skeleton className="h-24 w-full" />
      ) : null}
    </Card>
  );
}

function LimitForm({ weddingId, settings }: { weddingId: string; settings: SendSettings }) {
  const queryClient = useQueryClient();
  const [limit, setLimit] = useState(settings.weeklyLimit);
  const update = useMutation(
    trpc.communications.updateSendSettings.mutationOptions({
      onSuccess: () => {
        notify({ tone: 'done', title: 'The limit is saved' });
        return queryClient.invalidateQueries(trpc.communications.getSendSettings.pathFilter());
      },
    }),
  );
  return (
    <Form
      onSubmit={() => update.mutate({ weddingId, version: settings.version, weeklyLimit: limit })}
    >
      <FailureNote error={update.error} />
      <Checkbox isSelected={limit !== null} onChange={(isOn) => setLimit(isOn ? 3 : null)}>
        Limit messages to a guest
      </Checkbox>
      {limit === null ? null : (
        <NumberField
          label="Within seven days"
          description="Whoever has had as many is left out of the next one, and you see it."
          minValue={1}
          maxValue={50}
          value={limit}
          onChange={setLimit}
        />
      )}
      <Button
        type="submit"
        className="self-start"
        isDisabled={limit === settings.weeklyLimit}
        isPending={update.isPending}
      >
        Save
      </Button>
    </Form>
  );
}
