import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { csvText } from '../../http/csv.ts';
import { ApiError } from '../../http/errors.ts';
import { instantInput, nullable, rowId, success, successAnswer, textAnswer } from '../../http/schemas.ts';
import { lanes } from '../../lanes/lanes.ts';
import { readInstant } from '../../users/instant.ts';
import { codeRoutes } from './code-routes.ts';
import {
  type CodeCounts,
  type CouponPool,
  countCodes,
  deletePoolRow,
  givenByCampaign,
  insertPool,
  listPools,
  oneFor,
  type PoolFields,
  updatePool,
} from './coupon-pools.sql.ts';
import { deleteCodes } from './deal-codes.sql.ts';
import { givenCodes } from './given-codes.sql.ts';
import { templatesWithPool } from './pool-uses.sql.ts';
import { requirePool } from './require-pool.ts';

const tags = ['Coupons'];
const params = Type.Object({ id: rowId });

/** What may be said of a pool in a call. */
const fields = {
  description: Type.Optional(nullable(Type.String({ maxLength: 1_000 }))),
  oneFor: Type.Optional(
    Type.Enum([...oneFor], {
      description:
        'For what a person gets a code of their own: `person`, one for all that names the pool (the default); `campaign`, one in each campaign; `message`, a new one each time',
    }),
  ),
  expiresAt: Type.Optional(nullable(instantInput)),
  alarmBelow: Type.Optional(
    nullable(
      Type.Integer({
        minimum: 1,
        maximum: 100_000_000,
        description:
          'When fewer codes are left webhooks are told `couponsLow` once, and again after codes were added',
      }),
    ),
  ),
};

const poolAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String({ description: 'As templates name it: `{{coupon "Spring sale"}}`' }),
  description: nullable(Type.String()),
  oneFor: Type.Enum([...oneFor]),
  expiresAt: nullable(Type.String()),
  alarmBelow: nullable(Type.Integer()),
  /** Whether fewer are left than the alarm asks for. */
  isLow: Type.Boolean(),
  left: Type.Integer({ description: 'Codes that may be given; 0 once the pool has expired' }),
  given: Type.Integer(),
  returned: Type.Integer({
    description: 'Codes that had been given to a message which never left, and were free again',
  }),
  expired: Type.Integer({ description: 'Codes that were left when the pool expired' }),
  longestCode: Type.Integer({ description: 'Characters of its longest code' }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** Coupon pools: codes that are each given to one person. */
export const couponRoutes: Routes = async (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/coupons/pools',
    {
      schema: {
        tags,
        summary: 'The coupon pools with what is left of each',
        response: { 200: Type.Object({ pools: Type.Array(poolAnswer) }) },
      },
    },
    async (request) => {
      const pools = await listPools(db, request.caller.project.id);
      const counts = await countCodes(
        db,
        pools.map(({ id }) => id),
      );
      return { pools: pools.map((pool) => asAnswer(pool, counts.get(pool.id), clock.now())) };
    },
  );
  api.post(
    '/api/coupons/pools',
    {
      schema: {
        tags,
        summary: 'Make a coupon pool',
        body: Type.Object({
          name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^"\\u0000-\\u001f{}]+$' }),
          ...fields,
        }),
        response: { 200: poolAnswer },
      },
    },
    async (request) => {
      const { body, caller } = request;
      const name = body.name.trim();
      if (name === '') throw new ApiError('BadParams', 'name is empty; name the pool', { field: 'name' });
      const pool = await insertPool(db, caller.project.id, { name, ...merged(body, null) }, clock.now());
      if (!pool)
        throw new ApiError(
          'Conflict',
          `name: there is a coupon pool “${name}” already; choose another name`,
          {
            field: 'name',
          },
        );
      return asAnswer(pool, undefined, clock.now());
    },
  );
  api.get(
    '/api/coupons/pools/:id',
    {
      schema: {
        tags,
        summary: 'A coupon pool: what is left, and what its codes were given for',
        params,
        response: {
          200: Type.Object({
            ...poolAnswer.properties,
            campaigns: Type.Array(
              Type.Object({
                campaignId: nullable(Type.Integer({ description: 'Null for what was of no campaign' })),
                codes: Type.Integer(),
              }),
            ),
            templates: Type.Array(
              Type.Object({
                id: Type.Integer(),
                name: Type.String(),
                inButton: Type.Boolean({ description: 'Whether a WhatsApp button copies the code' }),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      const counts = await countCodes(db, [pool.id]);
      return {
        ...asAnswer(pool, counts.get(pool.id), clock.now()),
        campaigns: await givenByCampaign(db, pool.id),
        templates: await templatesWithPool(db, pool),
      };
    },
  );
  api.patch(
    '/api/coupons/pools/:id',
    {
      schema: {
        tags,
        summary: 'Change a coupon pool; its name stays, since templates hold it',
        params,
        body: Type.Object(fields),
        response: { 200: poolAnswer },
      },
    },
    async (request) => {
      const before = await requirePool(db, request.caller.project.id, request.params.id);
      const pool = await updatePool(db, before, merged(request.body, before), clock.now());
      const counts = await countCodes(db, [pool.id]);
      return asAnswer(pool, counts.get(pool.id), clock.now());
    },
  );
  api.delete(
    '/api/coupons/pools/:id',
    {
      schema: {
        tags,
        summary:
          'Delete a coupon pool with its codes; 409 while a template shows them or a journey gives them',
        params,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      const templates = await templatesWithPool(db, pool);
      if (templates.length > 0)
        throw new ApiError(
          'InUse',
          `The coupon pool “${pool.name}” is shown by ${templates.map(({ id, name }) => `template ${id} (${name})`).join(', ')}; take it out of there first`,
          { templateIds: templates.map(({ id }) => id) },
        );
      const uses = await context.findUses(db, request.caller.project.id, 'couponPool', pool.id);
      if (uses.length > 0)
        throw new ApiError(
          'InUse',
          `The coupon pool “${pool.name}” is needed by ${uses.map(({ words }) => words).join(', ')}; take it out of there first`,
        );
      for (const lane of lanes) await deleteCodes(db, lane, pool.id);
      await deletePoolRow(db, pool);
      // Those that were added, or went to another lane, before the pool was gone.
      for (const lane of lanes) await deleteCodes(db, lane, pool.id);
      return success('Coupon pool deleted');
    },
  );
  api.get(
    '/api/coupons/pools/:id/given.csv',
    {
      schema: {
        tags,
        summary: 'Who was given which code, as CSV',
        params,
        response: { 200: textAnswer('text/csv; charset=utf-8') },
      },
    },
    async (request, reply) => {
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="coupons-${pool.id}-given.csv"`)
        .send(Readable.from(givenLines(db, pool)));
    },
  );
  await codeRoutes(api, context);
};

async function* givenLines(db: Database, pool: CouponPool): AsyncGenerator<string> {
  yield csvText([['code', 'email', 'userId', 'phoneNumber', 'campaignId', 'messageId', 'givenAt']]);
  for await (const rows of givenCodes(db, pool))
    yield csvText(
      rows.map((row) => [
        ...[row.code, row.email, row.userId, row.phoneNumber, row.campaignId, row.messageId],
        row.givenAt.toISOString(),
      ]),
    );
}

interface PoolCall {
  description?: string | null;
  oneFor?: PoolFields['one_for'];
  expiresAt?: string | number | null;
  alarmBelow?: number | null;
}

function merged(call: PoolCall, before: CouponPool | null): Omit<PoolFields, 'name'> {
  const { description, oneFor: scope, expiresAt, alarmBelow } = call;
  return {
    description: description === undefined ? (before?.description ?? null) : description,
    one_for: scope ?? before?.one_for ?? 'person',
    expires_at:
      expiresAt === undefined
        ? (before?.expires_at ?? null)
        : expiresAt === null
          ? null
          : readInstant('expiresAt', expiresAt),
    alarm_below: alarmBelow === undefined ? (before?.alarm_below ?? null) : alarmBelow,
  };
}

function asAnswer(pool: CouponPool, counts: CodeCounts | undefined, now: Date) {
  const { id, name, description, one_for, expires_at, alarm_below, longest_code, created_at, updated_at } =
    pool;
  const free = counts?.left ?? 0;
  const isExpired = expires_at !== null && expires_at <= now;
  return {
    ...{ id, name, description, oneFor: one_for, expiresAt: expires_at?.toISOString() ?? null },
    alarmBelow: alarm_below,
    isLow: !isExpired && alarm_below !== null && free < alarm_below,
    ...{ left: isExpired ? 0 : free, given: counts?.given ?? 0, returned: counts?.comeBack ?? 0 },
    expired: isExpired ? free : 0,
    longestCode: longest_code,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
