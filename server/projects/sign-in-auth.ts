import { betterAuth } from 'better-auth';
import type { Context } from '../http/context.ts';
import { signInSecret } from './sign-in-secret.ts';

/** Length of a console password. The upper bound keeps hashing cheap to refuse. */
export const passwordLength = { least: 12, most: 256 };

/** The header in which our own route tells better-auth the caller's address; what a caller sent in it is replaced. */
export const clientAddressHeader = 'x-carillon-client';

const signInAttempts = { window: 60, max: 10 };
const day = 24 * 60 * 60;

async function makeAuth(context: Context) {
  const secret = await signInSecret(context);
  return betterAuth({
    secret,
    basePath: '/auth',
    // The console may be opened at the public address or at the program's own; both are checked against Origin.
    trustedOrigins: (request) =>
      [new URL(context.publicUrl).origin, request ? new URL(request.url).origin : ''].filter(Boolean),
    database: { db: context.db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'console_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        projectId: { type: 'number', fieldName: 'project_id', required: true, input: false },
      },
    },
    session: {
      modelName: 'console_session',
      fields: {
        userId: 'user_id',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: 14 * day,
      updateAge: day,
    },
    account: {
      modelName: 'console_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'console_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'console_rate_limit',
      fields: { lastRequest: 'last_request' },
      customRules: { '/sign-in/email': signInAttempts, '/change-password': signInAttempts },
    },
    advanced: {
      cookiePrefix: 'carillon',
      // Set on each answer by the page's own scheme (sign-in-routes.ts): one program may be reached both ways.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { validateSchema: false },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (level, message) =>
        context.log[level === 'error' ? 'error' : 'debug']({ part: 'sign-in' }, message),
    },
  });
}

type Auth = Awaited<ReturnType<typeof makeAuth>>;
const auths = new WeakMap<Context, Promise<Auth>>();

/** The one better-auth instance of a context, made when it is first asked for. */
export function authOf(context: Context): Promise<Auth> {
  const made = auths.get(context);
  if (made) return made;
  const making = makeAuth(context);
  auths.set(context, making);
  // A database that was away at the first try must not lock everybody out for good.
  making.catch(() => auths.delete(context));
  return making;
}
