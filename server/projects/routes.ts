import { getCountries } from 'libphonenumber-js';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { medium } from '../http/media.ts';
import { nullable } from '../http/schemas.ts';
import { keyRoutes } from './key-routes.ts';
import { lockProject, readProject, updateProject } from './projects.sql.ts';

const resendOrLeave = Type.Union([Type.Literal('resend'), Type.Literal('leave')]);

/** The project's own caps over all campaigns: at most so many messages in a rolling time, of one medium or all. */
const frequencyCaps = Type.Array(
  Type.Object({
    messages: Type.Integer({ minimum: 1 }),
    hours: Type.Integer({ minimum: 1, maximum: 24 * 365 }),
    medium: nullable(medium),
  }),
  { maxItems: 10 },
);

/** What becomes of a message in doubt that the provider cannot be asked about. */
const doubtPolicy = Type.Object({
  transactional: resendOrLeave,
  promotional: resendOrLeave,
  graceSeconds: Type.Integer({ minimum: 10, maximum: 86_400 }),
});

const projectAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  brand: Type.String(),
  helpContact: Type.String(),
  defaultCountry: Type.String(),
  timeZone: Type.String(),
  caution: Type.Boolean(),
  frequencyCaps,
  doubtPolicy,
  hasTemplateSecret: Type.Boolean(),
});

const changes = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    brand: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    helpContact: Type.Optional(Type.String({ maxLength: 200 })),
    defaultCountry: Type.Optional(Type.String()),
    timeZone: Type.Optional(Type.String()),
    caution: Type.Optional(Type.Boolean()),
    frequencyCaps: Type.Optional(frequencyCaps),
    doubtPolicy: Type.Optional(doubtPolicy),
    templateSecret: Type.Optional(
      Type.Union([Type.String({ minLength: 8, maxLength: 500 }), Type.Null()], {
        description: 'The key of hmacSHA1 and hmacSHA256 in templates; never shown again. Null takes it away',
      }),
    ),
  },
  { additionalProperties: false },
);

/** What those above do, in the same transaction, where a project chooses other rules of lawful hours. */
export type OnOtherHours = (transaction: Database, projectId: number, at: Date) => Promise<void>;

/** The caller's project: its settings and its API keys. */
export const projectRoutes =
  (onOtherHours: OnOtherHours): Routes =>
  async (api, context) => {
    const answer = async (id: number): Promise<Static<typeof projectAnswer>> => {
      const row = await readProject(context.db, id);
      return {
        id: row.id,
        name: row.name,
        brand: row.brand,
        helpContact: row.help_contact,
        defaultCountry: row.default_country,
        timeZone: row.time_zone,
        caution: row.caution,
        frequencyCaps: Value.Parse(frequencyCaps, row.frequency_caps),
        doubtPolicy: Value.Parse(doubtPolicy, row.doubt_policy),
        hasTemplateSecret: row.template_secret !== null,
      };
    };

    api.get(
      '/api/project',
      {
        schema: {
          tags: ['Project'],
          summary: 'Settings of the project the key belongs to',
          response: { 200: projectAnswer },
        },
      },
      async (request) => answer(request.caller.project.id),
    );

    api.patch(
      '/api/project',
      {
        schema: {
          tags: ['Project'],
          summary: 'Change settings of the project; they hold everywhere within seconds',
          body: changes,
          response: { 200: projectAnswer },
        },
      },
      async (request) => {
        const { id } = request.caller.project;
        const { body } = request;
        if (body.defaultCountry !== undefined) requireCountry(body.defaultCountry);
        if (body.timeZone !== undefined) requireZone(body.timeZone);
        const change = async (transaction: Database) => {
          const { caution } = await lockProject(transaction, id);
          if (body.caution !== undefined && body.caution !== caution)
            await onOtherHours(transaction, id, context.clock.now());
          await updateProject(transaction, id, {
            name: body.name,
            brand: body.brand,
            help_contact: body.helpContact,
            default_country: body.defaultCountry,
            time_zone: body.timeZone,
            caution: body.caution,
            frequency_caps: body.frequencyCaps && JSON.stringify(body.frequencyCaps),
            doubt_policy: body.doubtPolicy && JSON.stringify(body.doubtPolicy),
            template_secret: body.templateSecret
              ? context.secrets.seal(body.templateSecret)
              : body.templateSecret === null
                ? null
                : undefined,
          });
        };
        if (Object.keys(body).length) await context.db.transaction().execute(change);
        context.wake();
        return answer(id);
      },
    );

    await keyRoutes(api, context);
  };

function requireCountry(country: string): void {
  if (getCountries().some((known) => known === country)) return;
  throw new ApiError(
    'BadParams',
    `defaultCountry: ${JSON.stringify(country)} is no country; use the two letters of ISO 3166-1, as US`,
    { defaultCountry: country },
  );
}

function requireZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new ApiError(
      'BadParams',
      `timeZone: ${JSON.stringify(zone)} is no time zone; use an IANA name as America/New_York`,
      { timeZone: zone },
    );
  }
}
