import type { OrgId } from '@wedsync/contracts/ids';
import type { Tier } from '@wedsync/contracts/weddings';
import postgres from 'postgres';

/**
 * Puts a company on another plan. People ask an operator for that; a demo has nobody to ask and uses
 * the administrator's login of its own throw-away database.
 */
export async function seedTier(adminUrl: string, orgId: OrgId, tier: Tier): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`update wedding.organizations set tier = ${tier} where id = ${orgId}`;
  } finally {
    await sql.end();
  }
}
