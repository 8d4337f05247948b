import type { SessionStrength } from '@wedsync/contracts/account';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** How long a session lasts (ASVS 5.0 §7.3): idle since the last request, and in all. */
export const sessionLimits = {
  idleMs: 7 * dayMs,
  absoluteMs: 30 * dayMs,
  operatorIdleMs: 60 * minuteMs,
  operatorAbsoluteMs: 12 * 60 * minuteMs,
  /** How recent a sign-in must be to add a passkey. */
  freshMs: 60 * minuteMs,
  /** `last_seen_at` is written at most this often. */
  touchMs: minuteMs,
} as const;

const strengthByPath: Readonly<Record<string, SessionStrength>> = {
  '/two-factor/verify-totp': 'two-factor',
  '/two-factor/verify-backup-code': 'two-factor',
  '/passkey/verify-authentication': 'passkey',
  '/sign-in/email': 'password',
  // Whoever switches the second factor off goes on with what a password is worth.
  '/two-factor/disable': 'password',
};

/**
 * What a new session is worth, by the request that opened it. A session that only replaces another
 * one, as after a changed password, keeps what that was worth.
 */
export function strengthOf(path: string, former: string | undefined): SessionStrength {
  const strength = strengthByPath[path];
  if (strength) return strength;
  return former === 'two-factor' || former === 'passkey' ? former : 'password';
}
