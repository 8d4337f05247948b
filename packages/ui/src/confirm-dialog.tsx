import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';

export interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  /** What will happen, and what cannot be brought back. */
  children: ReactNode;
  confirmLabel: string;
  onConfirm: () => void;
  isPending?: boolean;
  /** Keeps the button shut while there is nothing to confirm. */
  isDisabled?: boolean;
  isDangerous?: boolean;
  /** The words to type before the button works; for what cannot be undone. */
  typedWords?: string;
  error?: ReactNode;
}

/** Asks before something that cannot be undone. What can be undone gets an undo toast instead. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, children, confirmLabel, onConfirm, isPending } = props;
  const { isDangerous = true, isDisabled, typedWords, error } = props;
  const [typed, setTyped] = useState('');
  const isReady = !typedWords || typed.trim().toLowerCase() === typedWords.trim().toLowerCase();
  const close = (next: boolean) => {
    setTyped('');
    onOpenChange(next);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={close}
      title={title}
      size="sm"
      role="alertdialog"
      footer={
        <>
          <Button onPress={() => close(false)}>Keep as it is</Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            onPress={onConfirm}
            isDisabled={!isReady || isDisabled}
            isPending={isPending}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-base">
        {children}
        {typedWords ? (
          <TextField
            label={
              <>
                Type <strong>{typedWords}</strong> to go on
              </>
            }
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
        ) : null}
        {error}
      </div>
    </Dialog>
  );
}
