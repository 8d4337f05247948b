import { failureOf } from '@wedsync/contracts/failure';
import { Callout } from '@wedsync/ui/callout';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import type { ReactNode } from 'react';

/** The part of a query that its view needs. */
export interface QueryState<T> {
  data: T | undefined;
  error: unknown;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

const clock = (at: number) =>
  new Intl.DateTimeFormat(navigator.language, { timeStyle: 'medium' }).format(at);

interface ReadingProps<T> {
  query: QueryState<T>;
  /** What is being read, for screen readers: "Loading services". */
  label: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/**
 * A reading that refreshes itself: a skeleton at first, the failure where nothing came yet, and a
 * remark above the old figures where they could not be renewed.
 */
export function Reading<T>({ query, label, skeleton, children }: ReadingProps<T>) {
  const { data, error, dataUpdatedAt, refetch } = query;
  if (data === undefined) {
    if (error) return <FailureState error={error} onRetry={refetch} />;
    return skeleton ?? <SkeletonRows label={`Loading ${label}`} rows={4} />;
  }
  return (
    <>
      {error ? (
        <div className="mb-4">
          <Callout tone="caution" title={`Not renewed since ${clock(dataUpdatedAt)}`}>
            {failureOf(error).message}
          </Callout>
        </div>
      ) : null}
      {children(data)}
    </>
  );
}
