import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { nextCookies } from 'better-auth/next-js';
import { admin, organization } from 'better-auth/plugins';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import * as schema from '#src/server/db/schema.ts';

function createAuth() {
  const { publicUrl, secretKey } = config();
  const outer = new URL(publicUrl);
  return betterAuth({
    appName: 'Patchbay',
    baseURL: publicUrl,
    // On one machine people type either name of it; from elsewhere only the outer address counts.
    trustedOrigins: ['localhost', '127.0.0.1'].includes(outer.hostname)
      ? ['http://localhost:*', 'http://127.0.0.1:*']
      : [outer.origin],
    secret: createHmac('sha256', secretKey).update('sign-in sessions').digest('base64'),
    telemetry: { enabled: false },
    database: drizzleAdapter(connection().db, { provider: 'pg', schema }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    session: { expiresIn: 60 * 60 * 24 * 14, cookieCache: { enabled: true, maxAge: 60 } },
    rateLimit: { enabled: true, window: 60, max: 600, customRules: { '/sign-in/email': { window: 60, max: 30 } } },
    plugins: [organization({ allowUserToCreateOrganization: false }), admin(), nextCookies()],
  });
}

type Auth = ReturnType<typeof createAuth>;
const store: typeof globalThis & { patchbayAuth?: Auth } = globalThis;

/** Sign-in and sessions of this process. Made on first use, so that a build needs no settings. */
export function auth(): Auth {
  store.patchbayAuth ??= createAuth();
  return store.patchbayAuth;
}
