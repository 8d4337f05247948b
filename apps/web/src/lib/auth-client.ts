import { passkeyClient } from '@better-auth/passkey/client';
import { twoFactorClient } from 'better-auth/client/plugins';
import { createAuthClient } from 'better-auth/react';

/** Signing in and out, against `/api/auth` of the page's origin. Cookies are the browser's matter. */
export const authClient = createAuthClient({ plugins: [twoFactorClient(), passkeyClient()] });

interface AuthFailure {
  code?: string | undefined;
  message?: string | undefined;
  status: number;
}

const words: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD:
    'This e-mail address and password do not belong together. Try again or reset the password.',
  INVALID_EMAIL: 'This is not an e-mail address. Write it like ana@example.com.',
  USER_ALREADY_EXISTS: 'There is already an account with this address. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'There is already an account with this address. Sign in instead.',
  PASSWORD_TOO_SHORT: 'The password is too short. Use at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long. Use at most 256 characters.',
  PASSWORD_COMPROMISED: 'This password is known from data leaks. Choose another one.',
  INVALID_PASSWORD: 'This is not your current password.',
  INVALID_TOKEN: 'This link has been used or has run out. Ask for a new one.',
  INVALID_CODE: 'This code is not right. Codes change every 30 seconds: try the newest one.',
  INVALID_BACKUP_CODE: 'This recovery code is not right or was already used. Try another one.',
  INVALID_TWO_FACTOR_COOKIE: 'Signing in took too long. Start again with your password.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE:
    'Too many wrong codes. Start again with your password in a few minutes.',
  SESSION_NOT_FRESH: 'For this you need to have signed in recently. Sign out and in again.',
  AUTH_CANCELLED: 'The passkey was not used. Try again or use your password.',
  ERROR_CEREMONY_ABORTED: 'The passkey was not used. Try again or use your password.',
  PASSKEY_NOT_FOUND: 'This passkey is not known here. Use your password instead.',
  EMAIL_NOT_VERIFIED: 'Confirm your e-mail address first: we have just sent you a link.',
};

/** Plain words for a failure of the authentication API. */
export function authMessage(error: AuthFailure): string {
  const known = error.code ? words[error.code] : undefined;
  if (known) return known;
  if (error.status === 429) return 'Too many attempts. Wait a minute, then try again.';
  if (error.status === 0) return 'The server could not be reached. Check the connection.';
  if (error.status >= 500) return 'Signing in does not work right now. Try again in a minute.';
  return error.message || 'This did not work. Try again.';
}
