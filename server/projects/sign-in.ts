import type { FastifyRequest } from 'fastify';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { authOf } from './sign-in-auth.ts';

/**
 * The console user behind a session cookie, null when there is none. Throws `BadOrigin` (403) when the request
 * would change something and was not sent by a page of this console: a browser sends the cookie along with
 * requests that other sites cause, but it never lies in the header Origin.
 */
export async function callerOfSession(context: Context, request: FastifyRequest): Promise<Caller | null> {
  const { cookie } = request.headers;
  if (!cookie) return null;
  const auth = await authOf(context);
  const session = await auth.api.getSession({
    headers: new Headers({ cookie }),
    // The cookie is renewed where its answer can carry it: at GET /auth/get-session.
    query: { disableRefresh: true },
  });
  if (!session) return null;
  refuseForeignOrigin(context, request);
  const project = await context.db
    .selectFrom('project')
    .select(['id', 'name', 'brand', 'default_country', 'time_zone'])
    .where('id', '=', session.user.projectId)
    .executeTakeFirst();
  if (!project) return null;
  return {
    project: {
      id: project.id,
      name: project.name,
      brand: project.brand,
      defaultCountry: project.default_country,
      timeZone: project.time_zone,
    },
    access: 'server',
    name: session.user.email,
  };
}

/**
 * Throws `BadOrigin` when a request that would change something comes from a page that is not this console's.
 * The page is told by Origin, else by Referer (some browsers and settings leave Origin out within one site).
 */
export function refuseForeignOrigin(context: Context, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const { origin, referer } = request.headers;
  const sentFrom = origin ?? referer ?? '';
  const ours = consoleOrigins(context, request);
  if (URL.canParse(sentFrom) && ours.includes(new URL(sentFrom).origin)) return;
  throw new ApiError(
    'BadOrigin',
    `The header Origin is ${origin ?? 'missing'}, not this console's address; open the console at ${ours[0]}`,
  );
}

/** Scheme, host and port of the console: the public address, and the one by which this request came. */
function consoleOrigins(context: Context, request: FastifyRequest): string[] {
  const asked = `${request.protocol}://${request.host}`;
  return [context.publicUrl, ...(URL.canParse(asked) ? [asked] : [])].map((url) => new URL(url).origin);
}
