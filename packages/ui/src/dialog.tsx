import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { tv } from 'tailwind-variants/lite';
import { IconButton } from './icon-button.tsx';

const style = tv({
  slots: {
    overlay: 'fixed inset-0 z-40 animate-fade-in bg-scrim',
    modal: 'flex flex-col bg-surface text-ink shadow-float outline-none',
    panel: 'flex min-h-0 flex-1 flex-col outline-none',
  },
  variants: {
    kind: {
      modal: {
        overlay: 'flex items-end justify-center sm:items-center sm:p-6',
        modal: [
          'max-h-[92dvh] w-full animate-rise-in rounded-t-xl sm:max-h-[86dvh] sm:rounded-xl',
          'border border-line',
        ],
      },
      drawer: {
        overlay: 'flex justify-end',
        modal: 'h-dvh w-full animate-slide-in border-line border-l sm:max-w-[34rem]',
      },
    },
    size: { sm: {}, md: {}, lg: {} },
  },
  compoundVariants: [
    { kind: 'modal', size: 'sm', class: { modal: 'sm:max-w-md' } },
    { kind: 'modal', size: 'md', class: { modal: 'sm:max-w-xl' } },
    { kind: 'modal', size: 'lg', class: { modal: 'sm:max-w-4xl' } },
  ],
});

export interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  /** A line below the title. */
  subtitle?: ReactNode;
  children: ReactNode;
  /** Buttons; they stay in view while the body scrolls. */
  footer?: ReactNode;
  /** A drawer slides in from the side and keeps the page's context; a modal asks one thing. */
  kind?: 'modal' | 'drawer';
  size?: 'sm' | 'md' | 'lg';
  /** Stops a press outside from closing, where typed work would be lost. Escape still closes. */
  isDismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
}

/** A modal or drawer: focus is kept inside and returned on close; Escape closes. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange, title, subtitle, children, footer, role } = props;
  const { kind = 'modal', size = 'md', isDismissable = true } = props;
  const part = style({ kind, size });
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className={part.overlay()}
    >
      <Modal className={part.modal()}>
        <AriaDialog role={role} className={part.panel()}>
          <header className="flex items-start gap-3 border-line border-b px-5 pt-4 pb-3.5">
            <div className="min-w-0 flex-1">
              <Heading slot="title" className="font-display text-ink text-xl">
                {title}
              </Heading>
              {subtitle ? <p className="mt-0.5 text-ink-soft text-sm">{subtitle}</p> : null}
            </div>
            <IconButton label="Close" slot="close" className="-mr-2">
              <X aria-hidden="true" />
            </IconButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2.5 border-line border-t bg-canvas px-5 py-3.5 sm:rounded-b-xl">
              {footer}
            </footer>
          ) : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
