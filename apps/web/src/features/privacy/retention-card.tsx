import { useMutation } from '@tanstack/react-query';
import type { ComplianceSummary } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { Checkbox } from '@wedsync/ui/checkbox';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { formatDay, plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';
import { privacyChanged } from './privacy-changed.ts';
import { keptWords, sinceWords } from './privacy-words.ts';

interface RetentionCardProps {
  weddingId: string;
  retention: ComplianceSummary['retention'];
}

const monthsAtFirst = 24;

/** When what is deleted by itself; owners decide how long contacts stay after the wedding. */
export function RetentionCard({ weddingId, retention }: RetentionCardProps) {
  const { wedding, orgRole } = useWedding(weddingId);
  const { policy, rules, contactsEndOn } = retention;
  return (
    <Card
      title="Deleted by itself"
      note={
        contactsEndOn
          ? `Addresses and numbers of guests go on ${formatDay(contactsEndOn, wedding.locale)}.`
          : undefined
      }
    >
      <div className="flex flex-col gap-5">
        {orgRole === 'owner' ? (
          <PolicyForm key={policy.version} orgId={wedding.orgId} policy={policy} />
        ) : (
          <p>
            {policy.contactsKeptMonths === null
              ? 'Contacts are kept until somebody erases them.'
              : `Contacts are kept for ${plural(policy.contactsKeptMonths, 'month')} after the wedding.`}
          </p>
        )}
        <ul className="m-0 list-none space-y-1.5 border-line border-t p-0 pt-4 text-sm">
          {/* Contacts stand above, with the day on which they go. */}
          {rules
            .filter(({ what }) => what !== 'contacts')
            .map(({ what, keptDays, since }) => (
              <li key={what} className="flex flex-wrap justify-between gap-x-4">
                <span>{keptWords[what] ?? what}</span>
                <span className="text-ink-soft">
                  {keptDays === null
                    ? 'kept'
                    : `${plural(keptDays, 'day')} after ${sinceWords[since] ?? since}`}
                </span>
              </li>
            ))}
        </ul>
      </div>
    </Card>
  );
}

interface PolicyFormProps {
  orgId: string;
  policy: ComplianceSummary['retention']['policy'];
}

function PolicyForm({ orgId, policy }: PolicyFormProps) {
  const [months, setMonths] = useState(policy.contactsKeptMonths);
  const update = useMutation(
    trpc.privacy.updateRetentionPolicy.mutationOptions({
      onSuccess: () => {
        privacyChanged();
        notify({ tone: 'done', title: 'The time is saved' });
      },
    }),
  );
  return (
    <Form
      onSubmit={() => update.mutate({ orgId, contactsKeptMonths: months, version: policy.version })}
    >
      <FailureNote error={update.error} />
      <Checkbox
        isSelected={months !== null}
        onChange={(isOn) => setMonths(isOn ? monthsAtFirst : null)}
      >
        Delete contacts some time after the wedding, in all weddings of the company
      </Checkbox>
      {months === null ? null : (
        <NumberField
          label="Months after the wedding day"
          minValue={1}
          maxValue={120}
          value={months}
          onChange={setMonths}
        />
      )}
      <Button
        type="submit"
        className="self-start"
        isDisabled={months === policy.contactsKeptMonths}
        isPending={update.isPending}
      >
        Save
      </Button>
    </Form>
  );
}
