import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { authenticate } from '../projects/authenticate.ts';
import type { Context } from './context.ts';
import { answerableError } from './error-answer.ts';
import { ApiError } from './errors.ts';
import { documented, type Example, type Operations } from './operations.ts';
import { errorAnswer } from './schemas.ts';
import { storageFault } from './storable.ts';
import { refusalOf, requestValidator } from './validate.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The fields of a bulk call's body that hold its rows; each row is taken or refused on its own. */
    rows?: readonly string[];
  }
}

/** A Fastify instance whose handlers are typed by their TypeBox schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A capability's routes: it registers them on the instance it is given. */
export type Routes = (api: Api, context: Context) => void | Promise<void>;

/** What the OpenAPI document tells beside the schemas, by method and route. */
export interface ApiDocumentation {
  operations: Operations;
  examples: Readonly<Record<string, Example>>;
}

const largestBody = 16 * 1024 * 1024;
/** Requests a second from one key before it is told to slow down; Iterable's own limits are of this order. */
const requestsPerSecond = 2_000;

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
): Promise<Api> {
  const answerError = (error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply) => {
    const { status, answer } = answerableError(error);
    if (status >= 500) context.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    void reply.status(status).send(answer);
  };
  const api: Api = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    routerOptions: { maxParamLength: 500 },
    // Addresses that cannot be read, which never reach a route.
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply);
    },
    // Callbacks come by the thousand a second over kept connections.
    keepAliveTimeout: 75_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  api.setValidatorCompiler(requestValidator);
  api.setErrorHandler(answerError);
  api.setNotFoundHandler((request, reply) => {
    const msg = `No such address: ${request.method} ${request.url.split('?')[0]}; see /api/docs`;
    answerError(new ApiError('NotFound', msg), request, reply);
  });
  acceptEmptyBodies(api);
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
    transform: ({ schema, url, route }) => {
      const name = `${route.method} ${url}`;
      return { schema: documented(schema, operations[name], examples[name]), url };
    },
  });
  await api.register(swaggerUi, { routePrefix: '/api/docs' });
  await api.register(async (scope) => {
    await scope.register(rateLimit, {
      max: requestsPerSecond,
      timeWindow: 1000,
      hook: 'preHandler',
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
      const response = (route.schema?.response ?? {}) as Record<string, unknown>;
      route.schema = { ...route.schema, response: { ...response, '4xx': errorAnswer } };
    });
    scope.addHook('preValidation', refuseUnstorable);
    for (const routes of apiRoutes) await routes(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
  });
  for (const routes of openRoutes)
    await api.register(async (scope) => routes(scope.withTypeProvider<TypeBoxTypeProvider>(), context));
  return api;
}

/**
 * Iterable's client says `Content-Type: application/json` on every call, also where it sends no body; that is no
 * broken JSON. A route that needs a body says so by its schema.
 */
function acceptEmptyBodies(api: Api): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeContentTypeParser(['application/json', 'text/plain']);
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') return done(null, undefined);
    void parse(request, text, (error: Error | null, value?: unknown) =>
      error ? done(new ApiError('BadJsonBody', jsonFault(text))) : done(null, value),
    );
  });
}

function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return 'The body has a field __proto__ or constructor.prototype; no field may be called that';
  } catch (error) {
    return `The body is not JSON: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * Refuses what no table can hold, wherever it stands in a request. The rows of a bulk call (its route's
 * `config.rows`) are left to it, which refuses each on its own.
 */
export async function refuseUnstorable(request: FastifyRequest): Promise<void> {
  const { rows = [] } = request.routeOptions.config;
  const body =
    typeof request.body === 'object' && request.body !== null
      ? Object.fromEntries(Object.entries(request.body).filter(([name]) => !rows.includes(name)))
      : request.body;
  for (const [part, value] of Object.entries({ params: request.params, querystring: request.query, body })) {
    const found = storageFault(value);
    if (found) throw refusalOf([{ field: [part, found.path].filter(Boolean).join('.'), fault: found.fault }]);
  }
}
