import { z } from 'zod';
import type { OrgId, UserId } from './ids.ts';
import type { OrgRole } from './roles.ts';

/** How a session was opened; operators need more than a password. */
export type SessionStrength = 'password' | 'two-factor' | 'passkey';

/** Bounds of a password: length only, no rules of composition (NIST SP 800-63B §3.1.1). */
export const passwordLengthMin = 8;
export const passwordLengthMax = 256;

/** Who is signed in, as the browser needs to know it. */
export interface Profile {
  userId: UserId;
  name: string;
  email: string;
  isOperator: boolean;
  twoFactorEnabled: boolean;
  passkeys: number;
  sessionId: string;
  /** An operator whose session was opened by password alone: only enrolment is open to it. */
  secondFactorRequired: boolean;
  organizations: { orgId: OrgId; name: string; role: OrgRole }[];
}

export const UpdateProfile = z.object({ name: z.string().trim().min(1).max(120) });
export type UpdateProfile = z.input<typeof UpdateProfile>;

/** One signed-in browser. `device` is a readable reading of its user agent. */
export interface SessionSummary {
  id: string;
  device: string;
  ipAddress: string | null;
  strength: SessionStrength;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

export const RevokeSession = z.object({ sessionId: z.uuid() });
export type RevokeSession = z.input<typeof RevokeSession>;
