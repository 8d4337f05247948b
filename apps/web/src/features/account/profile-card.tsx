import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { accountChanged } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';

/** The name that colleagues and the history show. */
export function ProfileCard({ name: stored }: { name: string }) {
  const [name, setName] = useState(stored);
  const update = useMutation(
    trpc.account.update.mutationOptions({
      onSuccess: () => {
        accountChanged();
        notify({ tone: 'done', title: 'Your name is saved' });
      },
    }),
  );
  return (
    <Card title="Profile">
      <Form
        onSubmit={() => update.mutate({ name })}
        fieldErrors={update.error ? failureOf(update.error).fields : undefined}
        className="flex flex-wrap items-end gap-3"
      >
        <TextField
          label="Your name"
          description="Colleagues see it, and the history of a guest."
          name="name"
          autoComplete="name"
          value={name}
          onChange={setName}
          className="min-w-56 flex-1"
        />
        <Button
          type="submit"
          variant="primary"
          isDisabled={name.trim() === stored || !name.trim()}
          isPending={update.isPending}
        >
          Save
        </Button>
        <FailureNote error={update.error} />
      </Form>
    </Card>
  );
}
