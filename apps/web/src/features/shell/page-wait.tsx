import { SkeletonRows } from '@wedsync/ui/skeleton';

/** A page that is on its way, in the place where it will stand. */
export function PageWait() {
  return (
    <div className="mx-auto max-w-6xl px-4 py-7 sm:px-7">
      <SkeletonRows rows={8} label="The page is loading" />
    </div>
  );
}
