import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface ErrorStateProps {
  title?: string;
  /** What happened, why, and what to do next. */
  message: ReactNode;
  onRetry?: () => void;
  actions?: ReactNode;
  /** It stands alone: its title is the page's heading. */
  isPage?: boolean;
  /** Shown small, for the person who asks support. */
  requestId?: string | null;
}

/** What stands where something could not be shown. */
export function ErrorState(props: ErrorStateProps) {
  const { title = 'This could not be shown', message, onRetry, actions, requestId } = props;
  const Heading = props.isPage ? 'h1' : 'h2';
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-lg flex-col items-center px-6 py-14 text-center"
    >
      <Heading className="font-display text-2xl text-ink">{title}</Heading>
      <div className="mt-2 text-base text-ink-soft">{message}</div>
      <div className="mt-6 flex flex-wrap justify-center gap-2.5">
        {onRetry ? (
          <Button variant="primary" onPress={onRetry}>
            <RotateCw aria-hidden="true" />
            Try again
          </Button>
        ) : null}
        {actions}
      </div>
      {requestId ? (
        <p className="mt-6 text-ink-faint text-xs">
          If you ask for help, give this reference:{' '}
          <span className="select-all font-mono">{requestId}</span>
        </p>
      ) : null}
    </div>
  );
}
