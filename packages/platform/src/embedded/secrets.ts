import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError } from '@wedsync/contracts/errors';
import { z } from 'zod';
import { keyBytes } from '../encryption/sealed.ts';
import { type DatabaseRole, databaseRoles, passwordKeyOf } from '../env-schema.ts';
import { codeOf, writeWhole } from './files.ts';

const secret = z.string().min(32);
const Secrets = z.object({
  AUTH_SECRET: secret,
  LINK_SECRET: secret,
  MASTER_KEY: secret,
  MAIL_CATCHER_TOKEN: secret,
  SMS_SIMULATOR_TOKEN: secret,
  WEBHOOK_SECRET_SMS: secret,
  passwords: z.object({
    owner: secret,
    app: secret,
    worker: secret,
    auth: secret,
    monitor: secret,
    tuner: secret,
    backup: secret,
  } satisfies Record<DatabaseRole, z.ZodType>),
});

/** Secrets that came after the first files were written: an older file is completed, not refused. */
const Stored = Secrets.partial({
  MASTER_KEY: true,
  SMS_SIMULATOR_TOKEN: true,
  WEBHOOK_SECRET_SMS: true,
});

/** What one machine's embedded installation keeps to itself. */
export type EmbeddedSecrets = z.infer<typeof Secrets>;

function fresh(): string {
  return randomBytes(27).toString('base64url');
}

const laterSecrets = () => ({
  MASTER_KEY: randomBytes(keyBytes).toString('base64'),
  SMS_SIMULATOR_TOKEN: fresh(),
  WEBHOOK_SECRET_SMS: fresh(),
});

/**
 * The secrets of this installation: generated on the first call, read afterwards. The file is
 * readable by its owner alone. PostgreSQL's superuser password is not among them: it lives beside
 * the data it opens, so that the two can only be lost together.
 */
export async function embeddedSecrets(file: string): Promise<EmbeddedSecrets> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text !== undefined) return parseSecrets(text, file);
  const [owner, app, worker, auth, monitor, tuner, backup] = databaseRoles.map(fresh);
  const secrets = Secrets.parse({
    AUTH_SECRET: fresh(),
    LINK_SECRET: fresh(),
    MAIL_CATCHER_TOKEN: fresh(),
    ...laterSecrets(),
    passwords: { owner, app, worker, auth, monitor, tuner, backup },
  });
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

async function parseSecrets(text: string, file: string): Promise<EmbeddedSecrets> {
  try {
    const stored = Stored.parse(JSON.parse(text));
    const secrets = { ...laterSecrets(), ...stored };
    if (Secrets.safeParse(stored).success) await chmod(file, 0o600);
    else await writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
    return secrets;
  } catch (cause) {
    throw new DomainError(
      'precondition',
      'platform.secrets_unreadable',
      `${file} is damaged. Restore it. If it is lost, start with --reset: contact data is encrypted under a key of this file.`,
      { cause: cause instanceof Error ? cause.name : 'unknown' },
    );
  }
}

/** The secrets as the environment variables of a process that plays these roles. */
export function secretVariables(
  secrets: EmbeddedSecrets,
  roles: readonly DatabaseRole[] = databaseRoles,
): Record<string, string> {
  const { passwords, ...others } = secrets;
  const byRole = roles.map((role) => [passwordKeyOf(role), passwords[role]] as const);
  return { ...others, ...Object.fromEntries(byRole) };
}
