import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { added, blocksOf, byHour, byPlace, liftBlock, nothing } from './figures.sql.ts';
import { requireProfile } from './profiles.sql.ts';

const tags = ['Verifications'];
const params = Type.Object({ id: rowId });
const mostDays = 90;

const sums = {
  begun: Type.Integer({ description: 'Codes that were asked for and let through' }),
  sent: Type.Integer({ description: 'Messages' }),
  verified: Type.Integer({ description: 'Codes that were checked rightly' }),
  refused: Type.Integer({ description: 'Codes that were asked for while a limit stood against it' }),
  cost: Type.Number({ description: 'Dollars, by the table of rates' }),
};

const block = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(['country', 'prefix']),
  key: Type.String(),
  sent: Type.Integer(),
  verified: Type.Integer(),
  since: Type.String(),
  until: Type.String(),
  liftedAt: nullable(Type.String()),
  liftedBy: nullable(Type.String()),
});

/** How many codes were asked for, sent and checked, and where they go no more. */
export const verificationFigureRoutes: Routes = (api, { db, clock }) => {
  api.get(
    '/api/verifications/profiles/:id/figures',
    {
      schema: {
        tags,
        summary: 'Codes of a profile in the last days, by hour, country and prefix',
        params,
        querystring: Type.Object({
          days: Type.Optional(Type.Integer({ minimum: 1, maximum: mostDays, default: 7 })),
        }),
        response: {
          200: Type.Object({
            total: Type.Object(sums),
            hours: Type.Array(Type.Object({ at: Type.String(), ...sums })),
            countries: Type.Array(Type.Object({ key: Type.String(), ...sums })),
            prefixes: Type.Array(Type.Object({ key: Type.String(), ...sums }), {
              description: 'The fifty with most codes: numbers less their last four digits',
            }),
            blocks: Type.Array(block, { description: 'Newest first; those that stand among them' }),
          }),
        },
      },
    },
    async ({ params: { id }, query, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, id);
      const since = new Date(clock.now().getTime() - (query.days ?? 7) * 86_400_000);
      const [hours, countries, prefixes, blocks] = await Promise.all([
        byHour(db, profile, since),
        byPlace(db, profile, 'country', since),
        byPlace(db, profile, 'prefix', since),
        blocksOf(db, profile, since),
      ]);
      const total = hours.reduce((one, { at: _at, ...other }) => added(one, other), nothing);
      return { total, hours, countries, prefixes, blocks };
    },
  );
  api.post(
    '/api/verifications/profiles/:id/blocks/:blockId/lift',
    {
      schema: {
        tags,
        summary: 'Send codes to a place again',
        params: Type.Object({ id: rowId, blockId: rowId }),
        response: { 200: successAnswer },
      },
    },
    async ({ params: { id, blockId }, caller }) => {
      const profile = await requireProfile(db, caller.project.id, id);
      if (!(await liftBlock(db, profile, blockId, caller.name, clock.now())))
        throw new ApiError('NotFound', `No block ${blockId} of this profile stands`, {
          field: 'blockId',
          value: blockId,
        });
      return success('Codes are sent there again');
    },
  );
};
