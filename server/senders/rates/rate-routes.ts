import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, success, successAnswer } from '../../http/schemas.ts';
import { defaultRates } from './default-rates.ts';
import { parseRates } from './parse-rates.ts';
import { deleteRateTable, findRateTable, replaceRateTable } from './rate-table.sql.ts';

const storedRates = Type.Array(Type.Object({ micros: Type.Integer() }));

/** A price list shows at most so many of its faults. */
const faultsShown = 50;

/** The project's price list: the one that comes with the program, until it has its own. */
export const rateRoutes: Routes = (api, context) => {
  api.get(
    '/api/rates',
    {
      schema: {
        tags: ['Project'],
        summary: 'The price list by which messages of this project are priced',
        response: {
          200: Type.Object({
            own: Type.Boolean({ description: 'False: the list that comes with the program' }),
            updatedAt: nullable(Type.Integer()),
            rates: Type.Array(Type.Record(Type.String(), Type.Unknown())),
          }),
        },
      },
    },
    async (request) => {
      const own = await findRateTable(context.db, request.caller.project.id);
      return own
        ? {
            own: true,
            updatedAt: own.updated_at.getTime(),
            rates: inDollars(Value.Parse(storedRates, own.rates)),
          }
        : { own: false, updatedAt: null, rates: inDollars(defaultRates) };
    },
  );

  api.put(
    '/api/rates',
    {
      schema: {
        tags: ['Project'],
        summary: 'Replace the price list; messages admitted from now on are priced by it',
        description:
          'Rows as JSON objects, or a CSV with a heading row as text. Nothing is taken if one cell is wrong.',
        body: Type.Union([
          Type.Object({ rates: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }) }),
          Type.Object({ csv: Type.String({ minLength: 1 }) }),
        ]),
        response: { 200: Type.Object({ own: Type.Boolean(), lines: Type.Integer() }) },
      },
    },
    async (request) => {
      const { body } = request;
      const wires = context.providers.known.all.map(({ name }) => name);
      const parsed =
        'csv' in body
          ? parseRates(body.csv, 'csv', wires)
          : parseRates(JSON.stringify(body.rates), 'json', wires);
      if (!parsed.ok) {
        const [first] = parsed.faults;
        throw new ApiError(
          'BadParams',
          `rates: row ${first?.row}${first?.field ? `, ${first.field}` : ''}: ${first?.message}`,
          { faults: parsed.faults.slice(0, faultsShown), faultsInAll: parsed.faults.length },
        );
      }
      await replaceRateTable(context.db, {
        project_id: request.caller.project.id,
        rates: JSON.stringify(parsed.rates),
        updated_at: context.clock.now(),
      });
      return { own: true, lines: parsed.rates.length };
    },
  );

  api.delete(
    '/api/rates',
    {
      schema: {
        tags: ['Project'],
        summary: 'Go back to the price list that comes with the program',
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      await deleteRateTable(context.db, request.caller.project.id);
      return success('The price list that comes with the program holds again');
    },
  );
};

/** As `PUT` takes them, so that a list can be fetched, changed and put back. */
function inDollars(rates: readonly { micros: number }[]): Record<string, unknown>[] {
  return rates.map(({ micros, ...rate }) => ({ ...rate, amount: (micros / 1_000_000).toFixed(6) }));
}
