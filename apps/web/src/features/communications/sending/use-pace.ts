import { useEffect, useState } from 'react';
import { perSecondOf, type Reading, withReading } from './pace.ts';

/** Messages a second, as this page has seen them leave; null while nothing moves. */
export function usePace(settled: number, isMoving: boolean): number | null {
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  useEffect(() => {
    if (!isMoving) {
      setReadings([]);
      return;
    }
    const read = () => setReadings((list) => withReading(list, { atMs: Date.now(), settled }));
    read();
    // A standstill is a reading too: without it the last speed would stand for ever.
    const timer = setInterval(read, 1_000);
    return () => clearInterval(timer);
  }, [settled, isMoving]);
  return perSecondOf(readings);
}
