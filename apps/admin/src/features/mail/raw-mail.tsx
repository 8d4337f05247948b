import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../lib/trpc.ts';
import { Reading } from '../shell/reading.tsx';

/** The mail as it came over SMTP; read when its tab is opened. */
export function RawMail({ mailId, look }: { mailId: string; look: string }) {
  const raw = useQuery({
    ...trpc.monitoring.getRawMail.queryOptions({ mailId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Reading query={raw} label="the source">
      {({ source }) => <pre className={look}>{source}</pre>}
    </Reading>
  );
}
