import { UpdateProfile } from '@wedsync/contracts/account';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { sql } from 'drizzle-orm';

/** Changes the name that colleagues see. An account belongs to no company, so nothing is audited. */
export async function updateProfile(ctx: ServiceContext, input: UpdateProfile): Promise<void> {
  const { name } = parseInput(UpdateProfile, input);
  await ctx.db.write(ctx.claims, (tx) => tx.execute(sql`select auth.rename_me(${name})`));
}
