import { failureOf } from '@wedsync/contracts/failure';
import type { Role } from '@wedsync/contracts/roles';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import type { Option } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';

interface InviteDialogProps<R extends Role> {
  title: string;
  roles: readonly Option<R>[];
  initialRole: R;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onInvite: (email: string, role: R) => void;
  isPending: boolean;
  error: unknown;
}

/** Asks somebody by e-mail to join a company or a wedding. */
export function InviteDialog<R extends Role>(props: InviteDialogProps<R>) {
  const { title, roles, initialRole, isOpen, onOpenChange, onInvite, isPending, error } = props;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState(initialRole);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={title}
      size="sm"
      footer={
        <>
          <Button onPress={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="invite" variant="primary" isPending={isPending}>
            Send the invitation
          </Button>
        </>
      }
    >
      <Form
        id="invite"
        onSubmit={() => onInvite(email.trim(), role)}
        fieldErrors={error ? failureOf(error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={error} />
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <RadioGroup label="Role" options={roles} value={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}
