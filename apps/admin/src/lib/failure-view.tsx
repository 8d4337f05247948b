import { failureOf } from '@wedsync/contracts/failure';
import { Callout } from '@wedsync/ui/callout';
import { ErrorState } from '@wedsync/ui/error-state';

interface FailureStateProps {
  error: unknown;
  onRetry?: () => void;
  /** It stands alone: its title is the page's heading. */
  isPage?: boolean;
}

/** A failure in place of a page or panel. */
export function FailureState({ error, onRetry, isPage }: FailureStateProps) {
  const { message, kind, requestId } = failureOf(error);
  const title = kind === 'not-found' ? 'This is not here' : 'This could not be shown';
  return <ErrorState {...{ title, message, requestId, onRetry, isPage }} />;
}

/** A failure in the flow of a form or dialog; nothing without one. */
export function FailureNote({ error }: { error: unknown }) {
  if (!error) return null;
  const { message, requestId, kind } = failureOf(error);
  return (
    <Callout tone="critical" isLive>
      <p>{message}</p>
      {kind === 'bug' && requestId ? (
        <p className="mt-1 text-ink-soft text-xs">Reference for the logs: {requestId}</p>
      ) : null}
    </Callout>
  );
}
