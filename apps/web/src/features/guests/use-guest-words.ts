import { useQuery } from '@tanstack/react-query';
import type { Tag } from '@wedsync/contracts/guests';
import { useMemo } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding } from '../../lib/wedding.ts';

const noTags: readonly Tag[] = [];

/** The wedding's own words: its tags, and the sides by the partners' names. */
export function useGuestWords(weddingId: string) {
  const { wedding } = useWedding(weddingId);
  const tags = useQuery(trpc.guests.listTags.queryOptions({ weddingId })).data ?? noTags;
  const { partnerAName, partnerBName } = wedding;
  const sides = useMemo(
    () => ({
      partner_a: partnerAName || 'First partner',
      partner_b: partnerBName || 'Second partner',
      both: 'Both',
    }),
    [partnerAName, partnerBName],
  );
  return { tags, sides };
}
