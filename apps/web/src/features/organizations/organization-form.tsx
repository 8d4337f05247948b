import { useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { Organization } from '@wedsync/contracts/weddings';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { currentOf } from '../../lib/conflict.ts';
import { accountChanged } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { weddingsChanged } from '../../lib/wedding.ts';

const isOrganization = (value: object): value is Organization => 'postalAddress' in value;

/** Name, address and reply address: they stand in every invitation. */
export function OrganizationForm({
  organization,
  canEdit,
}: {
  organization: Organization;
  canEdit: boolean;
}) {
  const [name, setName] = useState(organization.name);
  const [postalAddress, setAddress] = useState(organization.postalAddress);
  const [replyToEmail, setReplyTo] = useState(organization.replyToEmail ?? '');
  const update = useMutation(
    trpc.weddings.updateOrganization.mutationOptions({
      onSuccess: () => {
        weddingsChanged();
        accountChanged();
        notify({ tone: 'done', title: 'The company is saved' });
      },
    }),
  );
  const current = currentOf(update.error, isOrganization);
  const save = () =>
    update.mutate({
      orgId: organization.id,
      version: (current ?? organization).version,
      patch: { name, postalAddress, replyToEmail: replyToEmail.trim() || null },
    });
  return (
    <Card title="Company">
      <Form onSubmit={save} fieldErrors={update.error ? failureOf(update.error).fields : undefined}>
        {current ? (
          <Callout tone="caution" title="Somebody changed the company meanwhile" isLive>
            Theirs: {current.name}, {current.postalAddress || 'no address'}. Save again to keep
            yours.
          </Callout>
        ) : (
          <FailureNote error={update.error} />
        )}
        <TextField label="Name" name="name" value={name} onChange={setName} isDisabled={!canEdit} />
        <TextField
          label="Postal address"
          name="postalAddress"
          description="The law asks for it at the foot of invitations by e-mail."
          value={postalAddress}
          onChange={setAddress}
          isDisabled={!canEdit}
        />
        <TextField
          label="Replies go to"
          name="replyToEmail"
          type="email"
          description="Where a guest’s reply to an invitation arrives."
          value={replyToEmail}
          onChange={setReplyTo}
          isDisabled={!canEdit}
        />
        {canEdit ? (
          <Button type="submit" variant="primary" className="self-end" isPending={update.isPending}>
            Save
          </Button>
        ) : (
          <p className="text-ink-soft text-sm">Only owners can change this.</p>
        )}
      </Form>
    </Card>
  );
}
