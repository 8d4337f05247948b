import { type RefObject, useEffect, useState } from 'react';

/** Beyond the edge of the window in which things are made ready. */
const ahead = '700px 0px';

/**
 * Whether an element has ever come near the visible part of the page: what is in it need not be
 * made before. It stays true, so that the place of a reader is never taken away.
 */
export function useNearView(ref: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: ahead },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, isNear]);
  return isNear;
}
