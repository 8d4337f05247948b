import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SmsNumber } from '@wedsync/contracts/communications-sms';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { notifyUndo } from '@wedsync/ui/toast';
import { Phone, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { Reading } from '../shell/reading.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { TextsFrame } from './texts-frame.tsx';

const columnsWith = (onTake: (one: SmsNumber) => void): TableColumn<SmsNumber>[] => [
  {
    id: 'company',
    header: 'Company',
    isRowHeader: true,
    cell: ({ organizationName }) => <span className="font-medium">{organizationName}</span>,
  },
  {
    id: 'number',
    header: 'Its number',
    cell: ({ number }) => <span className="tabular">{number}</span>,
  },
  {
    id: 'take',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (one) => (
      <Button
        size="sm"
        aria-label={`Take away ${one.number} from ${one.organizationName}`}
        onPress={() => onTake(one)}
      >
        Take away
      </Button>
    ),
  },
];

/** Which company texts from a number of its own; all others share the installation's. */
export function SmsNumbersPage() {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const live = useLive();
  const numbers = useQuery({ ...trpc.monitoring.listSmsNumbers.queryOptions(), ...live });
  const refresh = () =>
    queries.invalidateQueries({ queryKey: trpc.monitoring.listSmsNumbers.pathKey() });
  const giveBack = useMutation(
    trpc.monitoring.assignSmsNumber.mutationOptions({
      onError: (error) => notifyFailure('The number was not given back', error),
      onSettled: refresh,
    }),
  );
  const take = useMutation(
    trpc.monitoring.unassignSmsNumber.mutationOptions({
      onError: (error) => notifyFailure('The number was not taken away', error),
      onSettled: refresh,
    }),
  );
  const takeAway = ({ number, orgId, organizationName }: SmsNumber) =>
    take.mutate(
      { number },
      {
        onSuccess: () =>
          notifyUndo(`${organizationName} texts from the shared number now`, () =>
            giveBack.mutate({ number, orgId }),
          ),
      },
    );
  return (
    <TextsFrame
      title="Numbers for texts"
      note="A company without a number of its own texts from the installation’s (SMS_FROM)."
      actions={
        <Button onPress={() => setOpen(true)}>
          <Plus aria-hidden="true" />
          Give a number…
        </Button>
      }
    >
      <Card isFlush>
        <Reading query={numbers} label="numbers">
          {(rows) =>
            rows.length > 0 ? (
              <Table
                label="Numbers of companies"
                columns={columnsWith(takeAway)}
                rows={rows}
                rowId={({ number }) => number}
              />
            ) : (
              <EmptyState icon={<Phone />} title="No company has a number of its own">
                Guests see who writes when a company always texts from the same number.
              </EmptyState>
            )
          }
        </Reading>
      </Card>
      {isOpen ? <NumberDialog onClose={() => setOpen(false)} /> : null}
    </TextsFrame>
  );
}
