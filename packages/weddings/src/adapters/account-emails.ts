import { newUuid } from '@wedsync/contracts/ids';
import { sendAccountEmail } from '@wedsync/contracts/weddings';
import { type AccountEmailKind, accountEmails } from '@wedsync/db/schema/auth';
import { enqueue } from '@wedsync/queue/outbox';
import { linkQuery } from '../model/account-mail.ts';
import type { AuthDatabase } from './auth-database.ts';
import { sealToken } from './sealed-token.ts';

export interface AccountEmailRequest {
  userId: string;
  kind: AccountEmailKind;
  /** What the link in the mail carries; kept encrypted until the mail is sent. */
  token?: string;
  /** The page that the link leads on to. */
  next?: string | undefined;
  validForMs: number;
}

/** Enqueues account mail: the job names a row, the row holds the token sealed. */
export type RequestAccountEmail = (request: AccountEmailRequest) => Promise<void>;

/**
 * @param afterCommit wakes the outbox relay
 */
export function createAccountEmails(
  database: AuthDatabase,
  secret: string,
  afterCommit: () => void,
): RequestAccountEmail {
  return async ({ userId, kind, token, next, validForMs }) => {
    const id = newUuid();
    const query = token ? linkQuery({ token, next }) : null;
    await database.orm.transaction(async (tx) => {
      await tx.insert(accountEmails).values({
        id,
        userId,
        kind,
        sealedToken: query ? sealToken(secret, query, id) : null,
        expiresAt: new Date(Date.now() + validForMs),
      });
      await enqueue(tx, { contract: sendAccountEmail, payload: { v: 1, accountEmailId: id } });
    });
    afterCommit();
  };
}
