import { useQuery } from '@tanstack/react-query';
import { Link } from '@wedsync/ui/link';
import { plural } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';

/** The list in one line of figures, each of which leads to what it counts. */
export function SummaryLine({ weddingId }: { weddingId: string }) {
  const { data } = useQuery(trpc.guests.summary.queryOptions({ weddingId }));
  if (!data) return <span className="inline-block h-5" />;
  const guests = paths.guests(weddingId);
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <span>
        {plural(data.guests, 'guest')} in {plural(data.households, 'household')}
      </span>
      {data.unreachable > 0 ? (
        <Link href={`${guests}?missing=contact`}>{data.unreachable} out of reach</Link>
      ) : null}
      {data.unnamed > 0 ? (
        <Link href={`${guests}?missing=name`}>{data.unnamed} to be named</Link>
      ) : null}
    </span>
  );
}
