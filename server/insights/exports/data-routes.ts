import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { instantInput, rowId, textAnswer } from '../../http/schemas.ts';
import { readInstant } from '../../users/instant.ts';
import { fieldList, optionsFrom } from './export-request.ts';
import { type ExportText, openExport } from './export-text.ts';

const query = Type.Object({
  dataTypeName: Type.String(),
  range: Type.Optional(
    Type.Union([
      Type.Literal('Today'),
      Type.Literal('Yesterday'),
      Type.Literal('BeforeToday'),
      Type.Literal('All'),
    ]),
  ),
  startDateTime: Type.Optional(instantInput),
  endDateTime: Type.Optional(instantInput),
  campaignId: Type.Optional(rowId),
  delimiter: Type.Optional(Type.String()),
  omitFields: Type.Optional(fieldList),
  onlyFields: Type.Optional(fieldList),
});

/** Iterable's older way to export: the data itself is the answer, streamed. */
export const exportDataRoutes: Routes = (api, context) => {
  for (const { path, format, type } of [
    { path: '/api/export/data.csv', format: 'csv', type: 'text/csv; charset=utf-8' },
    { path: '/api/export/data.json', format: 'json', type: 'application/x-json-stream' },
  ] as const)
    api.get(
      path,
      {
        schema: {
          tags: ['Export'],
          summary: `Export data as ${format === 'csv' ? 'CSV' : 'one JSON object a line'}`,
          description: 'By range (days of the project’s time zone) or by startDateTime and endDateTime.',
          querystring: query,
          response: { 200: textAnswer(type) },
        },
      },
      async (request, reply) => {
        const { project } = request.caller;
        const { dataTypeName, ...rest } = request.query;
        const askedAt = context.clock.now();
        const text = await openExport(context, {
          projectId: project.id,
          dataTypeName,
          format,
          options: optionsFrom({ ...rest, ...readRange(rest, project.timeZone, askedAt) }),
          askedAt,
        });
        return reply.type(type).send(Readable.from(textOf(text)));
      },
    );
};

async function* textOf(text: ExportText): AsyncGenerator<string> {
  if (text.heading) yield text.heading;
  for await (const page of text.pages) yield page.text;
}

/** Throws `BadParams` when neither or both ways of saying the range are used. */
function readRange(
  { range, startDateTime, endDateTime }: Omit<Static<typeof query>, 'dataTypeName'>,
  timeZone: string,
  now: Date,
): { from: Date | null; to: Date | null } {
  const explicit = startDateTime !== undefined || endDateTime !== undefined;
  if (explicit === (range !== undefined))
    throw new ApiError(
      'BadParams',
      'Say which time to export: either range (Today, Yesterday, BeforeToday, All) or startDateTime and endDateTime',
    );
  if (range === undefined)
    return {
      from: startDateTime === undefined ? null : readInstant('startDateTime', startDateTime),
      to: endDateTime === undefined ? null : readInstant('endDateTime', endDateTime),
    };
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  const [midnight, before] = [today, today.subtract({ days: 1 })].map(
    (day) => new Date(day.epochMilliseconds),
  );
  switch (range) {
    case 'Today':
      return { from: midnight ?? null, to: null };
    case 'Yesterday':
      return { from: before ?? null, to: midnight ?? null };
    case 'BeforeToday':
      return { from: null, to: midnight ?? null };
    case 'All':
      return { from: null, to: null };
  }
}
