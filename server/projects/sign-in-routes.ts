import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { limitByAddress } from '../http/address-limit.ts';
import type { Api, Routes } from '../http/api.ts';
import { refuseUnstorable } from '../http/body.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { cameByHttps } from '../http/security-headers.ts';
import { hashKey } from './api-key.ts';
import { projectOfKey } from './keys.sql.ts';
import { callerOfSession, refuseForeignOrigin } from './sign-in.ts';
import {
  anyAccountExists,
  deleteAccount,
  insertAccount,
  insertFirstAccount,
  listAccounts,
  setPassword,
} from './sign-in-accounts.sql.ts';
import { countAttempt, forgetAttempts } from './sign-in-attempts.sql.ts';
import { authOf, clientAddressHeader, passwordLength } from './sign-in-auth.ts';

const password = Type.String({ minLength: passwordLength.least, maxLength: passwordLength.most });
const newAccount = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  email: Type.String({ format: 'email', maxLength: 320 }),
  password,
};
const key = Type.String({ minLength: 1, description: 'A server-side API key of the project' });
/** Tries of a secret from one address. */
const fewAttempts = { max: 10, timeWindow: 60_000 };
/** All else that a console asks of these routes. */
const signedInPace = { max: 300, timeWindow: 60_000 };

/** What of better-auth is reachable from outside; everything else it could do answers 404. */
const openAuthCalls = [
  ['POST /auth/sign-in/email', fewAttempts],
  ['POST /auth/sign-out', signedInPace],
  ['GET /auth/get-session', signedInPace],
  ['POST /auth/change-password', fewAttempts],
  ['POST /auth/revoke-other-sessions', signedInPace],
] as const;

const accountAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  createdAt: Type.String(),
});

/**
 * The console's sign-in, outside `/api`: better-auth's own calls under `/auth/`, the first account of a project
 * (against one of its server-side keys), and the accounts that signed-in people make for each other.
 */
export const signInRoutes: Routes = async (api, context) => {
  await limitByAddress(api, signedInPace);
  api.addHook('preValidation', refuseUnstorable);
  api.addHook('onRequest', async (request) => refuseForeignOrigin(context, request));
  addFirstAccount(api, context);
  addPasswordReset(api, context);
  addAccounts(api, context);
  for (const [call, limit] of openAuthCalls) {
    const [method, url] = call.split(' ') as ['GET' | 'POST', string];
    api.route({
      ...{ method, url, schema: { hide: true }, config: { rateLimit: limit } },
      handler: (request, reply) => passToAuth(context, request, reply),
    });
  }
};

function addFirstAccount(api: Api, context: Context): void {
  api.get(
    '/auth/state',
    {
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Whether nobody has an account yet',
        response: { 200: Type.Object({ firstAccountNeeded: Type.Boolean() }) },
      },
    },
    async () => ({ firstAccountNeeded: !(await anyAccountExists(context.db)) }),
  );
  api.post(
    '/auth/first-account',
    {
      config: { rateLimit: fewAttempts },
      schema: {
        tags: ['Console'],
        security: [],
        summary: "Make a project's first console account, against one of its server-side keys",
        body: Type.Object({
          key,
          ...newAccount,
          brand: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 100,
              description: 'What people who get messages know you by',
            }),
          ),
          helpContact: Type.Optional(
            Type.String({
              maxLength: 200,
              description:
                'Where the answers to STOP and HELP send people: an email address, a number or a page',
            }),
          ),
        }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { key, name, email, password, brand, helpContact } = request.body;
      const projectId = await projectOfServerKey(context, key);
      const passwordHash = await hashPassword(context, password);
      await insertFirstAccount(context.db, {
        ...{ projectId, name, email, passwordHash, brand, helpContact },
        at: context.clock.now(),
      });
      return success('The account is made; sign in with it');
    },
  );
}

/** A forgotten password: against a key of the project, as no mail of the program's own need reach anybody. */
function addPasswordReset(api: Api, context: Context): void {
  api.post(
    '/auth/reset-password',
    {
      config: { rateLimit: fewAttempts },
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Set a forgotten password, against a server-side key of the project',
        body: Type.Object({ key, email: newAccount.email, password }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { key, email, password } = request.body;
      const projectId = await projectOfServerKey(context, key);
      const hash = await hashPassword(context, password);
      await setPassword(context.db, projectId, { email }, hash, context.clock.now());
      return success('The password is set; sign in with it');
    },
  );
}

function addAccounts(api: Api, context: Context): void {
  api.get(
    '/auth/accounts',
    {
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Who may sign in to this project',
        response: { 200: Type.Object({ accounts: Type.Array(accountAnswer) }) },
      },
    },
    async (request) => {
      const { project } = await signedIn(context, request);
      const accounts = await listAccounts(context.db, project.id);
      return {
        accounts: accounts.map((account) => ({ ...account, createdAt: account.createdAt.toISOString() })),
      };
    },
  );
  api.post(
    '/auth/accounts',
    {
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Add somebody to this project',
        body: Type.Object(newAccount),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = await signedIn(context, request);
      const { name, email, password } = request.body;
      const passwordHash = await hashPassword(context, password);
      await insertAccount(context.db, {
        projectId: project.id,
        name,
        email,
        passwordHash,
        at: context.clock.now(),
      });
      return success(`${email} can sign in now`);
    },
  );
  api.post(
    '/auth/accounts/:id/password',
    {
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Give somebody of this project another password; their sessions end',
        params: Type.Object({ id: Type.String() }),
        body: Type.Object({ password }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = await signedIn(context, request);
      const hash = await hashPassword(context, request.body.password);
      await setPassword(context.db, project.id, { id: request.params.id }, hash, context.clock.now());
      return success('The password is set');
    },
  );
  api.delete(
    '/auth/accounts/:id',
    {
      schema: {
        tags: ['Console'],
        security: [],
        summary: 'Remove somebody from this project; their sessions end',
        params: Type.Object({ id: Type.String() }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = await signedIn(context, request);
      await deleteAccount(context.db, project.id, request.params.id);
      return success('The account is removed');
    },
  );
}

async function signedIn(context: Context, request: FastifyRequest): Promise<Caller> {
  const caller = await callerOfSession(context, request);
  if (!caller) throw new ApiError('BadApiKey', 'Nobody is signed in; sign in at the console first');
  return caller;
}

async function projectOfServerKey(context: Context, key: string): Promise<number> {
  const projectId = await projectOfKey(context.db, hashKey(key.trim()));
  if (projectId === undefined)
    throw new ApiError(
      'BadApiKey',
      'key is not a server-side API key of any project; take the one that the terminal printed at first start',
      { field: 'key' },
    );
  return projectId;
}

async function hashPassword(context: Context, password: string): Promise<string> {
  const auth = await authOf(context);
  return (await auth.$context).password.hash(password);
}

async function passToAuth(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const auth = await authOf(context);
  const answer = await withinAttempts(context, request, () => auth.handler(webRequest(request)));
  void reply.status(answer.status);
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
  const secure = isSecurePage(context, request) ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    answer.headers.getSetCookie().map((cookie) => cookie + secure),
  );
  void reply.removeHeader('content-length').header('Cache-Control', 'no-store');
  await reply.send(withoutToken(await answer.text()));
}

/** Counts tries of a password by its account, whichever addresses they come from. */
async function withinAttempts(
  context: Context,
  request: FastifyRequest,
  attempt: () => Promise<Response>,
): Promise<Response> {
  const body = request.body as { email?: unknown } | undefined;
  if (request.routeOptions.url !== '/auth/sign-in/email' || typeof body?.email !== 'string') return attempt();
  await countAttempt(context.db, body.email, context.clock.now());
  const answer = await attempt();
  if (answer.ok) await forgetAttempts(context.db, body.email);
  return answer;
}

/** The session's token is in the cookie, which no script reads; an answer that repeats it would hand it to any. */
function withoutToken(text: string): string {
  if (!text.includes('"token"')) return text;
  return JSON.stringify(JSON.parse(text, (name, value) => (name === 'token' ? undefined : value)));
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'content-length' || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(clientAddressHeader, request.ip);
  // Whoever changes a password may do so since somebody else knows it.
  const { url } = request.routeOptions;
  const forced = url === '/auth/change-password' ? { revokeOtherSessions: true } : {};
  const body = JSON.stringify({ ...(request.body as object | undefined), ...forced });
  return new Request(`${request.protocol}://${request.host}${url}`, {
    method: request.method,
    headers,
    body: request.method === 'POST' ? body : null,
  });
}

/** Whether the browser reached us by https, perhaps through a proxy that ends TLS and keeps the page's own address. */
function isSecurePage(context: Context, request: FastifyRequest): boolean {
  return cameByHttps(context, request) || (request.headers.origin ?? '').startsWith('https:');
}
