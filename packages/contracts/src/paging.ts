import { z } from 'zod';

export const pageSizeMax = 500;

/** Keyset paging: `cursor` is opaque and comes from the previous page's `nextCursor`. */
export const pageInput = {
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(pageSizeMax).default(100),
};

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
