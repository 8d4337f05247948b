import { failureOf } from '@wedsync/contracts/failure';
import { Callout } from './callout.tsx';
import { ErrorState } from './error-state.tsx';
import { notify } from './toast.tsx';

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
  // Asking again does not change what a person may see.
  const retry = kind === 'forbidden' || kind === 'not-found' ? undefined : onRetry;
  return <ErrorState {...{ title, message, requestId, isPage }} onRetry={retry} />;
}

/** A failure in the flow of a form or dialog; nothing without one. */
export function FailureNote({ error }: { error: unknown }) {
  if (!error) return null;
  const { message, requestId, kind } = failureOf(error);
  return (
    <Callout tone="critical" isLive>
      <p>{message}</p>
      {kind === 'bug' && requestId ? (
        <p className="mt-1 text-ink-soft text-xs">Reference for support: {requestId}</p>
      ) : null}
    </Callout>
  );
}

/** A failure of something done in passing, as a notice. */
export function notifyFailure(title: string, error: unknown) {
  notify({ tone: 'problem', title, detail: failureOf(error).message });
}
