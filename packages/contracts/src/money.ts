import { z } from 'zod';

/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, {
  error: 'Write the currency as its three-letter code, for example EUR.',
});

/** An amount in the currency's minor unit (cents); never a float. */
export const Money = z.object({ minor: z.int(), currency: Currency });
export type Money = z.infer<typeof Money>;
