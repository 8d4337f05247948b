import { DomainError } from '@wedsync/contracts/errors';
import { newUuid, UserId } from '@wedsync/contracts/ids';
import { z } from 'zod';
import type { AuthDatabase } from './adapters/auth-database.ts';
import { hashPassword } from './adapters/password-hash.ts';
import { passwordFault } from './model/password-policy.ts';

const NewAccount = z.object({
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(120),
  password: z.string(),
  /** Operators sign in to the operators' surface, after they have set up a second factor. */
  isOperator: z.boolean().default(false),
});
export type NewAccount = z.input<typeof NewAccount>;

/**
 * Creates an account on an operator's word: its address counts as verified. For the command line
 * and for seeding; people sign up by themselves through better-auth.
 * @throws DomainError `invalid` for a bad address, name or weak password, `conflict` where the
 * address has an account
 */
export async function createAccount(database: AuthDatabase, input: NewAccount): Promise<UserId> {
  const parsed = NewAccount.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `The account cannot be created: ${issue?.path.join('.')}: ${issue?.message}.`;
    throw new DomainError('invalid', 'weddings.account-invalid', message);
  }
  const { email, name, password, isOperator } = parsed.data;
  const fault = passwordFault(password, { email, name });
  if (fault) throw new DomainError('invalid', 'weddings.password-refused', fault);
  const hash = await hashPassword(password);
  const userId = UserId.parse(newUuid());
  await database.sql.begin(async (tx) => {
    const created = await tx`
      insert into auth.users (id, name, email, email_verified, is_operator)
      values (${userId}, ${name}, ${email}, true, ${isOperator})
      on conflict (email) do nothing returning id`;
    if (created.length === 0) {
      throw new DomainError(
        'conflict',
        'weddings.account-exists',
        'This address has an account already. Choose another, or reset its password.',
      );
    }
    await tx`
      insert into auth.accounts (id, user_id, account_id, provider_id, password)
      values (${newUuid()}, ${userId}, ${userId}, 'credential', ${hash})`;
  });
  return userId;
}

/** An account as the command line lists it. */
export interface AccountSummary {
  id: string;
  email: string;
  name: string;
  isOperator: boolean;
  hasSecondFactor: boolean;
  disabled: boolean;
  createdAt: string;
}

/** The newest accounts whose address or name contains `search`. */
export async function listAccounts(
  database: AuthDatabase,
  { search = '', limit = 100 }: { search?: string; limit?: number } = {},
): Promise<AccountSummary[]> {
  return database.sql<AccountSummary[]>`
    select u.id, u.email, u.name, u.is_operator as "isOperator",
      (u.two_factor_enabled or exists (select from auth.passkeys p where p.user_id = u.id))
        as "hasSecondFactor",
      u.disabled_at is not null as disabled,
      to_char(u.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt"
    from auth.users u
    where strpos(u.email, lower(${search})) > 0 or strpos(lower(u.name), lower(${search})) > 0
    order by u.id desc limit ${limit}`;
}
