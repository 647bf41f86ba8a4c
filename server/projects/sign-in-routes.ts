import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Api, type Routes, refuseUnstorable } from '../http/api.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { hashKey } from './api-key.ts';
import { callerOfSession, refuseForeignOrigin } from './sign-in.ts';
import {
  anyAccountExists,
  deleteAccount,
  insertAccount,
  insertFirstAccount,
  listAccounts,
  setPassword,
} from './sign-in-accounts.ts';
import { authOf, authPath, clientAddressHeader, passwordLength } from './sign-in-auth.ts';

/** What of better-auth is reachable from outside; everything else it could do answers 404. */
const openAuthCalls = new Set([
  'POST /auth/sign-in/email',
  'POST /auth/sign-out',
  'GET /auth/get-session',
  'POST /auth/change-password',
  'POST /auth/revoke-other-sessions',
]);

const password = Type.String({ minLength: passwordLength.least, maxLength: passwordLength.most });
const newAccount = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  email: Type.String({ format: 'email', maxLength: 320 }),
  password,
};
const key = Type.String({ minLength: 1, description: 'A server-side API key of the project' });
const fewAttempts = { max: 10, timeWindow: 60_000, errorResponseBuilder: tooManyAttempts };

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
  await api.register(rateLimit, { global: false });
  api.addHook('preValidation', refuseUnstorable);
  addFirstAccount(api, context);
  addPasswordReset(api, context);
  addAccounts(api, context);
  api.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    schema: { hide: true },
    handler: (request, reply) => passToAuth(context, request, reply),
  });
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
      refuseForeignOrigin(context, request);
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
      refuseForeignOrigin(context, request);
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
  const row = await context.db
    .selectFrom('api_key')
    .select('project_id')
    .where('hash', '=', hashKey(key.trim()))
    .where('kind', '=', 'server')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!row)
    throw new ApiError(
      'BadApiKey',
      'key is not a server-side API key of any project; take the one that the terminal printed at first start',
      { field: 'key' },
    );
  return row.project_id;
}

async function hashPassword(context: Context, password: string): Promise<string> {
  const auth = await authOf(context);
  return (await auth.$context).password.hash(password);
}

function tooManyAttempts(): ApiError {
  return new ApiError('RateLimitExceeded', 'Too many attempts from this address; try again in a minute');
}

async function passToAuth(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const path = request.url.split('?')[0];
  if (!openAuthCalls.has(`${request.method} ${path}`)) return reply.callNotFound();
  const auth = await authOf(context);
  const answer = await auth.handler(webRequest(request));
  void reply.status(answer.status);
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
  const secure = isSecurePage(context, request) ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    answer.headers.getSetCookie().map((cookie) => cookie + secure),
  );
  await reply.send(await answer.text());
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'content-length' || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(clientAddressHeader, request.ip);
  return new Request(`${request.protocol}://${request.headers.host}${request.url}`, {
    method: request.method,
    headers,
    body: request.method === 'POST' ? JSON.stringify(request.body ?? {}) : null,
  });
}

/** Whether the browser reached us by https, perhaps through a proxy that ends TLS. */
function isSecurePage(context: Context, request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (typeof origin === 'string') return origin.startsWith('https:');
  const publicUrl = new URL(context.publicUrl);
  return publicUrl.protocol === 'https:' && publicUrl.host === host;
}
