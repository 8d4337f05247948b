import { passkeyClient } from '@better-auth/passkey/client';
import { twoFactorClient } from 'better-auth/client/plugins';
import { createAuthClient } from 'better-auth/react';

/** Signing in and out, against `/api/auth` of the page's origin. Cookies are the browser's matter. */
export const authClient = createAuthClient({ plugins: [twoFactorClient(), passkeyClient()] });
