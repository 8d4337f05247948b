import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { SendRate } from '@wedsync/contracts/monitoring-sending';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { Select } from '@wedsync/ui/select';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

interface RateDialogProps {
  /** Null: a limit for something that has none. */
  rate: SendRate | null;
  onClose: () => void;
}

/** Sets how fast a provider or company may send; lifting is undone by setting it again. */
export function RateDialog({ rate, onClose }: RateDialogProps) {
  const queryClient = useQueryClient();
  const organizations = useQuery({
    ...trpc.monitoring.listOrganizations.queryOptions({ search: '', limit: 100 }),
    enabled: rate === null,
  });
  const sending = useQuery({
    ...trpc.monitoring.getSending.queryOptions(),
    enabled: rate === null,
  });
  const [scope, setScope] = useState(rate?.scope ?? 'provider:smtp');
  const [perSecond, setPerSecond] = useState(rate?.perSecond ?? 10);
  const [burst, setBurst] = useState(rate?.burst ?? 1);
  const update = useMutation(
    trpc.monitoring.updateSendRate.mutationOptions({
      onSuccess: (_, { perSecond: set }) => {
        notify({ tone: 'done', title: set === null ? 'The limit is lifted' : 'The limit is set' });
        onClose();
        return queryClient.invalidateQueries(trpc.monitoring.getSending.pathFilter());
      },
    }),
  );
  const providers = new Set([
    'smtp',
    ...(sending.data?.providers ?? []).map((one) => one.provider),
  ]);
  const scopes = rate
    ? [{ value: rate.scope, label: rate.name }]
    : [
        ...[...providers].map((name) => ({ value: `provider:${name}`, label: `Provider ${name}` })),
        ...(organizations.data?.items ?? []).map(({ orgId, name }) => ({
          value: `org:${orgId}`,
          label: name,
          note: 'Company',
        })),
      ];
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={rate ? `Limit of ${rate.name}` : 'Set a limit'}
      size="sm"
      isDismissable={false}
      footer={
        <>
          {rate ? (
            <Button
              onPress={() => update.mutate({ scope, perSecond: null })}
              isPending={update.isPending}
              className="mr-auto"
            >
              Lift the limit
            </Button>
          ) : null}
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="rate" variant="primary" isPending={update.isPending}>
            Set
          </Button>
        </>
      }
    >
      <Form
        id="rate"
        onSubmit={() => update.mutate({ scope, perSecond, burst })}
        fieldErrors={update.error ? failureOf(update.error).fields : undefined}
      >
        <FailureNote error={update.error} />
        <Select
          label="Of"
          options={scopes}
          value={scope}
          onChange={setScope}
          isDisabled={rate !== null}
        />
        <NumberField
          label="Messages a second"
          minValue={0.01}
          maxValue={100_000}
          value={perSecond}
          onChange={setPerSecond}
        />
        <NumberField
          label="At once after a pause"
          description="One keeps the distance even."
          minValue={1}
          maxValue={10_000}
          value={burst}
          onChange={setBurst}
        />
      </Form>
    </Dialog>
  );
}
