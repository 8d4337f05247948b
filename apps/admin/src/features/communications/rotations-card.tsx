import { useQuery } from '@tanstack/react-query';
import type { KeyRotation } from '@wedsync/contracts/privacy';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { formatCount, plural } from '@wedsync/ui/format';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { trpc } from '../../lib/trpc.ts';

/** While something moves; a whole wedding takes seconds. */
const everyMs = 1_000;
/** Otherwise somebody else may have asked for one. */
const idleMs = 15_000;
const shownMax = 8;

/** Weddings whose keys are being replaced, live; nothing where none is. */
export function RotationsCard() {
  const rotations = useQuery({
    ...trpc.privacy.listKeyRotations.queryOptions(),
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? everyMs : idleMs),
  });
  const list = rotations.data ?? [];
  const count = list.length;
  if (rotations.error) return <FailureNote error={rotations.error} />;
  if (count === 0) return null;
  const waiting = list.filter(({ state }) => state === 'waiting').length;
  const running = list.filter(({ state }) => state === 'running');
  return (
    <Card
      title="Being replaced now"
      note={
        waiting > 0
          ? `${plural(waiting, 'wedding')} ${waiting === 1 ? 'waits' : 'wait'}`
          : undefined
      }
    >
      <ul className="m-0 flex list-none flex-col gap-4 p-0" aria-live="polite">
        {running.slice(0, shownMax).map((one) => (
          <li key={one.weddingId}>
            <ProgressBar
              label={one.title}
              value={one.done}
              max={one.total}
              valueText={progressWords(one)}
            />
          </li>
        ))}
      </ul>
      {running.length === 0 ? (
        <p className="text-ink-soft">The worker takes them up in a moment.</p>
      ) : running.length > shownMax ? (
        <p className="mt-3 text-ink-soft text-sm">
          And {plural(running.length - shownMax, 'other wedding')}.
        </p>
      ) : null}
    </Card>
  );
}

const progressWords = ({ done, total }: KeyRotation) =>
  done >= total
    ? 'all wrapped anew; the old key goes in half a minute'
    : `${formatCount(done)} of ${formatCount(total)} keys`;
