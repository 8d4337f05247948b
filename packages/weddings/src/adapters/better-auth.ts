import { passkey } from '@better-auth/passkey';
import { passwordLengthMax, passwordLengthMin } from '@wedsync/contracts/account';
import { newUuid } from '@wedsync/contracts/ids';
import { users } from '@wedsync/db/schema/auth';
import type { Logger } from '@wedsync/platform/log';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { eq } from 'drizzle-orm';
import { passwordFault } from '../model/password-policy.ts';
import { sessionLimits, strengthOf } from '../model/session-rules.ts';
import type { RequestAccountEmail } from './account-emails.ts';
import { type AuthDatabase, authTables } from './auth-database.ts';
import { withHashedSessionTokens } from './hashed-sessions.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

export interface AuthOptions {
  database: AuthDatabase;
  requestEmail: RequestAccountEmail;
  /** Signs cookies and encrypts second factors. */
  secret: string;
  /** The surface's own origin, e.g. `https://app.example.com`. */
  publicUrl: string;
  /** Other spellings of that origin, for loopback. */
  trustedOrigins: readonly string[];
  cookiePrefix: string;
  log: Logger;
}

/** Set by the server on the request it hands over; whatever the client sent there is replaced. */
export const clientIpHeader = 'x-wedsync-client-ip';
const verificationValidS = 86_400;
const resetValidS = 3_600;

const fieldsOfPath: Readonly<Record<string, 'password' | 'newPassword'>> = {
  '/sign-up/email': 'password',
  '/reset-password': 'newPassword',
  '/change-password': 'newPassword',
};
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Refuses weak passwords and narrows bodies to the fields that a person may set. */
const beforeRequest = createAuthMiddleware(async (ctx) => {
  const body: Record<string, unknown> = ctx.body ?? {};
  const field = fieldsOfPath[ctx.path];
  if (field) {
    const owner = { email: textOf(body.email), name: textOf(body.name) };
    const fault = passwordFault(textOf(body[field]) ?? '', owner);
    if (fault) throw new APIError('BAD_REQUEST', { code: 'PASSWORD_REFUSED', message: fault });
  }
  if (ctx.path === '/sign-up/email') {
    const name = textOf(body.name)?.trim() ?? '';
    if (name.length < 1 || name.length > 120) {
      throw new APIError('BAD_REQUEST', {
        code: 'NAME_REFUSED',
        message: 'Enter your name, at most 120 characters.',
      });
    }
    return { context: { body: { name, email: body.email, password: body.password } } };
  }
  // A changed password ends every other session, whether or not the caller asks for it.
  if (ctx.path === '/change-password') {
    return { context: { body: { ...body, revokeOtherSessions: true } } };
  }
  return undefined;
});

/** Answers never carry the session's token: the cookie is for the browser alone. */
function afterRequest(requestEmail: RequestAccountEmail) {
  return createAuthMiddleware(async (ctx) => {
    const { returned, session } = ctx.context;
    if (ctx.path === '/change-password' && session && !(returned instanceof Error)) {
      await requestEmail({
        userId: session.user.id,
        kind: 'password-changed',
        validForMs: verificationValidS * 1_000,
      });
    }
    if (returned instanceof Error || typeof returned !== 'object' || returned === null) {
      return undefined;
    }
    // Signing in by passkey answers the whole session, by password its token.
    if ('session' in returned) return ctx.json({ ...returned, session: null });
    if ('token' in returned) return ctx.json({ ...returned, token: null });
    return undefined;
  });
}

function credentials(requestEmail: RequestAccountEmail) {
  return {
    enabled: true,
    // An address that exists and one that does not answer alike only if neither signs in at once.
    requireEmailVerification: true,
    minPasswordLength: passwordLengthMin,
    maxPasswordLength: passwordLengthMax,
    resetPasswordTokenExpiresIn: resetValidS,
    revokeSessionsOnPasswordReset: true,
    password: { hash: hashPassword, verify: verifyPassword },
    sendResetPassword: ({ user, token }: { user: { id: string }; token: string }) =>
      requestEmail({
        userId: user.id,
        kind: 'password-reset',
        token,
        validForMs: resetValidS * 1_000,
      }),
    onPasswordReset: ({ user }: { user: { id: string } }) =>
      requestEmail({
        userId: user.id,
        kind: 'password-changed',
        validForMs: verificationValidS * 1_000,
      }),
    onExistingUserSignUp: ({ user }: { user: { id: string } }) =>
      requestEmail({
        userId: user.id,
        kind: 'already-registered',
        validForMs: verificationValidS * 1_000,
      }),
  };
}

function sessionHooks(database: AuthDatabase) {
  return {
    create: {
      async before(
        session: { userId: string } & Record<string, unknown>,
        ctx: {
          path?: string;
          context?: { session?: { session: Record<string, unknown> } | null };
        } | null,
      ) {
        const [user] = await database.orm
          .select({ disabledAt: users.disabledAt })
          .from(users)
          .where(eq(users.id, session.userId));
        if (!user || user.disabledAt) return false;
        const former = textOf(ctx?.context?.session?.session.strength);
        return { data: { ...session, strength: strengthOf(ctx?.path ?? '', former) } };
      },
    },
  };
}

async function requireVerifiedUser(verified: boolean | undefined): Promise<void> {
  if (verified) return;
  throw new APIError('UNAUTHORIZED', {
    code: 'USER_NOT_VERIFIED',
    message: 'This device did not ask for your finger, face or PIN. Use one that does.',
  });
}

/** The library merges bodies, so that what the hook above leaves out comes back: pictures end here. */
const userHooks = {
  create: {
    before: async (user: Record<string, unknown>) => ({ data: { ...user, image: null } }),
  },
};

/** better-auth as this installation allows it: every option that matters is stated. */
export function createBetterAuth(options: AuthOptions) {
  const { database, requestEmail, log, publicUrl } = options;
  const url = new URL(publicUrl);
  const secure = url.protocol === 'https:';
  const origins = [url.origin, ...options.trustedOrigins];
  return betterAuth({
    appName: 'WedSync',
    baseURL: url.origin,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: origins,
    telemetry: { enabled: false },
    database: withHashedSessionTokens(
      drizzleAdapter(database.orm, { provider: 'pg', schema: authTables, transaction: true }),
    ),
    emailAndPassword: credentials(requestEmail),
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: false,
      // Mail scanners open links: opening one proves the address and must not sign anybody in.
      autoSignInAfterVerification: false,
      expiresIn: verificationValidS,
      sendVerificationEmail: ({ user, token, url: link }) =>
        requestEmail({
          userId: user.id,
          kind: 'email-verification',
          token,
          next: new URL(link).searchParams.get('callbackURL') ?? undefined,
          validForMs: verificationValidS * 1_000,
        }),
    },
    user: {
      additionalFields: { isOperator: { type: 'boolean', input: false, defaultValue: false } },
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
    },
    session: {
      expiresIn: sessionLimits.absoluteMs / 1_000,
      disableSessionRefresh: true,
      freshAge: sessionLimits.freshMs / 1_000,
      cookieCache: { enabled: false },
      additionalFields: { strength: { type: 'string', input: false, defaultValue: 'password' } },
    },
    verification: { storeIdentifier: 'hashed' },
    account: { accountLinking: { enabled: false } },
    // The server in front limits by address and by account, shared between processes.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: secure ? `__Host-${options.cookiePrefix}` : options.cookiePrefix,
      // The library's own prefix would be __Secure-; ours also pins host and path.
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => newUuid() },
      ipAddress: { ipAddressHeaders: [clientIpHeader] },
    },
    hooks: { before: beforeRequest, after: afterRequest(requestEmail) },
    databaseHooks: { session: sessionHooks(database), user: userHooks },
    onAPIError: { throw: true },
    logger: {
      level: 'error',
      log: (level, message, ...details) => log[level]({ details }, `weddings.auth ${message}`),
    },
    plugins: [
      twoFactor({ issuer: 'WedSync', totpOptions: { digits: 6, period: 30 } }),
      passkey({
        rpID: url.hostname,
        rpName: 'WedSync',
        origin: origins,
        // A passkey stands for both factors only if the device has asked for a finger or a PIN.
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) =>
            requireVerifiedUser(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) =>
            requireVerifiedUser(verification.authenticationInfo.userVerified),
        },
      }),
    ],
  });
}
