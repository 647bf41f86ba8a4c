import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { Type } from 'typebox';
import type { Settings } from '../config/settings.ts';
import { authenticate } from '../projects/authenticate.ts';
import { largestBody, largestOpenBody, readJsonBodies, refuseUnstorable } from './body.ts';
import { answerBrokenRequest } from './broken-request.ts';
import type { Context } from './context.ts';
import { answerableError } from './error-answer.ts';
import { ApiError } from './errors.ts';
import type { Api } from './fastify-api.ts';
import { documented, type Example, type Operations } from './operations.ts';
import { limitBodies, mostConnections, type Patience, patience } from './patience.ts';
import { errorAnswer } from './schemas.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { requestValidator } from './validate.ts';

export type { Api };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The fields of a bulk call's body that hold its rows; each row is taken or refused on its own. */
    rows?: readonly string[];
  }
}

/** A capability's routes: it registers them on the instance it is given. */
export type Routes = (api: Api, context: Context) => void | Promise<void>;

/** What the OpenAPI document tells beside the schemas, by method and route. */
export interface ApiDocumentation {
  operations: Operations;
  examples: Readonly<Record<string, Example>>;
}

/** Requests a second from one key before it is told to slow down; Iterable's own limits are of this order. */
const requestsPerSecond = 2_000;

/** What the pages of the documentation may do: show themselves, and try calls here. */
const documentationPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** How the server meets the network. */
export interface Door {
  /** Whose word on a caller's address and scheme is taken. */
  trustProxy: Settings['trustProxy'];
  patience?: Patience;
}

/**
 * Builds the HTTP side: `apiRoutes` stand under `/api` behind an API key or a console session, `openRoutes`
 * (callbacks, short links, health, console) without. Errors leave in Iterable's form. The OpenAPI document is
 * made of the same schemas and of the documentation given, and is browsable at `/api/docs`.
 */
export async function buildApi(
  context: Context,
  apiRoutes: Routes[],
  openRoutes: Routes[],
  { operations, examples }: ApiDocumentation = { operations: {}, examples: {} },
  door: Door = { trustProxy: [] },
): Promise<Api> {
  const waits = door.patience ?? patience;
  const answerError = (error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, answer } = answerableError(error, request.routeOptions.bodyLimit);
    if (status >= 500) context.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    if (status === 413) {
      // Whoever still sends could not read the answer if the connection ended now: the rest is passed over, in its time.
      void reply.removeHeader('connection');
      request.raw.resume();
    }
    void reply.status(status).send(answer);
  };
  const api: Api = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    // Requests are not logged, so that none needs a log of its own.
    childLoggerFactory: (logger) => logger,
    trustProxy: door.trustProxy.length > 0 && [...door.trustProxy],
    // What a key was checked for may be larger (below); whoever shows none is not read on.
    bodyLimit: largestOpenBody,
    routerOptions: { maxParamLength: 500 },
    // Addresses that cannot be read, which never reach a route or a hook.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(context, request, reply);
      answerError(error, request, reply);
    },
    clientErrorHandler: answerBrokenRequest,
    http: { headersTimeout: waits.head, connectionsCheckingInterval: waits.lookForHeads },
    connectionTimeout: waits.idle,
    // Callbacks come by the thousand a second over kept connections.
    keepAliveTimeout: 75_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  api.server.maxConnections = mostConnections;
  api.setValidatorCompiler(requestValidator);
  // Fastify's own way compiles the schema of a union at its first answer: 100 ms in which nobody else is answered.
  api.setSerializerCompiler(() => JSON.stringify);
  api.setErrorHandler(answerError);
  const refuseUnknown = (request: FastifyRequest, reply: FastifyReply) => {
    const msg = `No such address: ${request.method} ${request.url.split('?')[0]}; see /api/docs`;
    answerError(new ApiError('NotFound', msg), request, reply);
  };
  api.setNotFoundHandler(refuseUnknown);
  limitBodies(api, waits);
  api.addHook('onRequest', (request, reply, done) => {
    setSecurityHeaders(context, request, reply);
    // Before its body is read.
    if (request.is404) refuseUnknown(request, reply);
    else done();
  });
  readJsonBodies(api);
  api.addSchema(errorAnswer);
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Carillon',
        version: '0.1.0',
        description: 'Mobile messaging with consent as an invariant.',
      },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Api-Key' } } },
      security: [{ key: [] }],
    },
    refResolver: { buildLocalReference: ({ $id }, _base, _fragment, place) => String($id ?? `def-${place}`) },
    transform: ({ schema, url, route }) => {
      const name = `${route.method} ${url}`;
      return { schema: documented(schema, operations[name], examples[name]), url };
    },
  });
  await api.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: documentationPolicy });
  await api.register(async (scope) => {
    await scope.register(rateLimit, {
      max: requestsPerSecond,
      timeWindow: 1000,
      hook: 'onRequest',
      keyGenerator: (request) => `${request.caller.project.id}:${request.caller.name}`,
      errorResponseBuilder: () =>
        new ApiError(
          'RateLimitExceeded',
          `More than ${requestsPerSecond} requests a second with this key; slow down`,
        ),
    });
    scope.addHook('onRequest', async (request) => {
      request.caller = await authenticate(context, request);
    });
    scope.addHook('onRoute', (route) => {
      route.bodyLimit ??= largestBody;
      const response = (route.schema?.response ?? {}) as Record<string, unknown>;
      route.schema = { ...route.schema, response: { ...response, '4xx': Type.Ref('Error#') } };
    });
    scope.addHook('preValidation', refuseUnstorable);
    for (const routes of apiRoutes) await routes(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
  });
  for (const routes of openRoutes)
    await api.register(async (scope) => routes(scope.withTypeProvider<TypeBoxTypeProvider>(), context));
  return api;
}
