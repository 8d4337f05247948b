import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { accountChanged, useProfile } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { weddingsChanged } from '../../lib/wedding.ts';

/** For somebody who belongs nowhere yet: found a company, or wait for an invitation. */
export function FirstOrganization() {
  const profile = useProfile();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.weddings.createOrganization.mutationOptions({
      onSuccess: () => {
        accountChanged();
        weddingsChanged();
      },
    }),
  );
  return (
    <div className="mx-auto w-full max-w-xl">
      <Card
        title="Start with your company"
        note="Weddings belong to a company. A couple planning on their own gives it their own name."
      >
        <Form
          onSubmit={() => create.mutate({ name })}
          fieldErrors={create.error ? failureOf(create.error).fields : undefined}
        >
          <FailureNote error={create.error} />
          <TextField
            label="Name of the company"
            name="name"
            value={name}
            onChange={setName}
            isRequired
          />
          <Button type="submit" variant="primary" className="self-end" isPending={create.isPending}>
            Create
          </Button>
        </Form>
        <p className="mt-4 border-line border-t pt-4 text-ink-soft text-sm">
          Were you invited to a wedding? Open the link in the e-mail that went to {profile.email}.
        </p>
      </Card>
    </div>
  );
}
