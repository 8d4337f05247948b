import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-aria-components';
import { paths } from '../../lib/paths.ts';
import { weddingQuery } from '../../lib/wedding.ts';

/** The open wedding by name, and the way back to all of them. */
export function WeddingSwitch({ weddingId }: { weddingId: string }) {
  const { data } = useQuery(weddingQuery(weddingId));
  return (
    <div className="flex min-w-0 items-center gap-2 md:flex-col md:items-start md:gap-1.5">
      <Link
        href={paths.home}
        className="flex min-h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-frame-soft text-sm no-underline data-hovered:text-frame-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        <span className="max-md:sr-only">All weddings</span>
      </Link>
      <p className="min-w-0 truncate px-1.5 font-display text-frame-ink text-lg md:whitespace-normal md:text-xl">
        {data?.wedding.title ?? ''}
      </p>
    </div>
  );
}
