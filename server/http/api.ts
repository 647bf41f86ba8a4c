import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { authenticate } from '../projects/authenticate.ts';
import type { Context } from './context.ts';
import { ApiError } from './errors.ts';

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

const largestBody = 16 * 1024 * 1024;
/** Requests a second from one key before it is told to slow down; Iterable's own limits are of this order. */
const requestsPerSecond = 2_000;

/**
 * Builds the HTTP side: `apiRoutes` stand under `/api` behind an API key or a console session, `openRoutes`
 * (callbacks, short links, health, console) without. Errors leave in Iterable's form. The OpenAPI document is
 * made of the same schemas and is browsable at `/api/docs`.
 */
export async function buildApi(context: Context, apiRoutes: Routes[], openRoutes: Routes[]): Promise<Api> {
  const api: Api = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    routerOptions: { maxParamLength: 500 },
    // Callbacks come by the thousand a second over kept connections.
    keepAliveTimeout: 75_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  api.setValidatorCompiler(TypeBoxValidatorCompiler);
  api.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    const { status, body } = errorAnswer(error);
    if (status >= 500) context.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    void reply.status(status).send(body);
  });
  api.setNotFoundHandler((request, reply) => {
    const msg = `No such address: ${request.method} ${request.url.split('?')[0]}; see /api/docs`;
    void reply.status(404).send({ code: 'NotFound', msg, params: null });
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
  api.removeContentTypeParser('application/json');
  api.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, body.toString(), done);
  });
}

function errorAnswer(error: FastifyError | ApiError): { status: number; body: object } {
  if (error instanceof ApiError)
    return { status: error.status, body: { code: error.code, msg: error.message, params: error.params } };
  if (error.validation) {
    const faults = error.validation.map((fault) => ({
      field: [error.validationContext, ...fault.instancePath.split('/').filter(Boolean)].join('.'),
      fault: fault.message ?? 'is not valid',
    }));
    const first = faults[0];
    const msg = `${first?.field ?? 'request'} ${first?.fault ?? 'is not valid'}`;
    return { status: 400, body: { code: 'BadParams', msg, params: { faults } } };
  }
  const status = error.statusCode ?? 500;
  if (status === 413)
    return {
      status,
      body: { code: 'PayloadTooLarge', msg: 'The body is larger than 16 MB; send it in parts', params: null },
    };
  if (status < 500) return { status, body: { code: 'BadJsonBody', msg: error.message, params: null } };
  return {
    status: 500,
    body: { code: 'GenericError', msg: 'Something went wrong on our side; it has been logged', params: null },
  };
}
