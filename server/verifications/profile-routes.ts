import { getCountries } from 'libphonenumber-js/max';
import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { loadCandidates } from '../delivery/admission/admission-plan.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { codeMedia, wordingOf } from './carriers.ts';
import { codeLanguages, codeText, faultOfText } from './code-texts.ts';
import {
  deleteProfile,
  insertProfile,
  listProfiles,
  type Profile,
  type ProfileFields,
  requireProfile,
  updateProfile,
} from './profiles.sql.ts';
import { codeApps, faultOfCodeApps, readCodeApps } from './whatsapp/code-apps.ts';
import { codeTemplateName } from './whatsapp/code-template.ts';
import { type CodeTemplate, codeTemplatesOf } from './whatsapp/code-templates.sql.ts';
import { submitCodeTemplate } from './whatsapp/submit-code-template.ts';

const tags = ['Verifications'];
const params = Type.Object({ id: rowId });
const [microsADollar, mostDollars] = [1_000_000, 1_000_000];

/** What may be said of a profile in a call. */
const fields = {
  channels: Type.Optional(
    Type.Array(Type.Enum([...codeMedia]), {
      minItems: 1,
      maxItems: codeMedia.length,
      uniqueItems: true,
      description:
        'In the order in which they are tried: by the next where one cannot reach the person, where its message fails, and where the code is asked for again',
    }),
  ),
  senderIds: Type.Optional(
    Type.Array(rowId, {
      maxItems: 100,
      description:
        'Transactional senders that codes come from, best apart from all others; without any the project’s first that reaches the country',
    }),
  ),
  brand: Type.Optional(
    nullable(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'In the text; the project’s where it is null',
      }),
    ),
  ),
  texts: Type.Optional(
    Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 300 }), {
      description:
        'Own words by language (`de`; `*` for all others), with `{code}` and perhaps `{brand}`; without them the program’s own',
    }),
  ),
  codeLength: Type.Optional(Type.Integer({ minimum: 6, maximum: 10 })),
  livesSeconds: Type.Optional(
    Type.Integer({ minimum: 60, maximum: 600, description: 'How long a code can be checked' }),
  ),
  webDomain: Type.Optional(
    nullable(
      Type.String({
        pattern: '^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}$',
        description: 'Your site, as `example.com`: browsers there fill the code in',
      }),
    ),
  ),
  appHash: Type.Optional(
    nullable(
      Type.String({
        pattern: '^[A-Za-z0-9+/]{11}$',
        description: 'Your Android app’s hash of 11 characters (SMS Retriever): the app reads the code',
      }),
    ),
  ),
  whatsAppApps: Type.Optional(
    Type.Union([codeApps, Type.Null()], {
      description: 'Android apps that take a code on WhatsApp over; null: it is copied',
    }),
  ),
  hourlyLimit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Most codes asked for in an hour' }),
  ),
  dailyBudget: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: mostDollars,
      description: 'Most dollars that codes may cost in 24 hours, by the table of rates',
    }),
  ),
};
const countries = Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), {
  minItems: 1,
  maxItems: 250,
  uniqueItems: true,
  description: 'ISO 3166-1 codes of the countries whose numbers are sent codes; no other is',
});

const newProfile = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  countries,
  ...fields,
});
const profileChange = Type.Partial(newProfile);

const codeTemplateAnswer = Type.Object({
  name: Type.String(),
  language: Type.String({ description: 'Meta’s code, as en_US' }),
  status: Type.String({ description: 'Meta’s word' }),
  reason: nullable(Type.String()),
});

const profileAnswer = Type.Object({
  id: Type.Integer({ description: 'Iterable’s `verificationProfileId`' }),
  name: Type.String(),
  channels: Type.Array(Type.Enum([...codeMedia])),
  senderIds: Type.Array(Type.Integer()),
  brand: nullable(Type.String()),
  texts: Type.Record(Type.String(), Type.String()),
  codeLength: Type.Integer(),
  livesSeconds: Type.Integer(),
  countries: Type.Array(Type.String()),
  webDomain: nullable(Type.String()),
  appHash: nullable(Type.String()),
  whatsAppApps: nullable(codeApps),
  hourlyLimit: Type.Integer(),
  dailyBudget: Type.Number(),
  example: Type.String({ description: 'The text as it goes out, the code hidden' }),
  segments: Type.Integer({ description: 'Of that text' }),
  whatsApp: Type.Array(codeTemplateAnswer, {
    description: 'The templates by which codes go out on WhatsApp, by language; only an APPROVED one sends',
  }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** Verification profiles: how a project has codes sent. */
export const profileRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/verifications/profiles',
    {
      schema: {
        tags,
        summary: 'Verification profiles of the project',
        response: {
          200: Type.Object({
            profiles: Type.Array(profileAnswer),
            languages: Type.Array(Type.String(), { description: 'That the program has texts in' }),
          }),
        },
      },
    },
    async ({ caller: { project } }) => {
      const profiles = await listProfiles(db, project.id);
      const templates = await codeTemplatesOf(
        db,
        profiles.map(({ id }) => id),
      );
      return {
        profiles: profiles.map((profile) => shown(profile, project, templates)),
        languages: [...codeLanguages],
      };
    },
  );
  api.post(
    '/api/verifications/profiles',
    {
      schema: {
        tags,
        summary: 'Make a verification profile',
        body: newProfile,
        response: { 200: profileAnswer },
      },
    },
    async ({ body, caller: { project } }) => {
      const row = rowOf(body, firstValues(body.name, body.countries));
      await checkProfile(db, project, row);
      const profile = await insertProfile(db, project.id, row, clock.now());
      if (!profile) throw nameTaken(body.name);
      return shown(profile, project, []);
    },
  );
  api.get(
    '/api/verifications/profiles/:id',
    {
      schema: { tags, summary: 'A verification profile', params, response: { 200: profileAnswer } },
    },
    async ({ params: { id }, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, id);
      return shown(profile, project, await codeTemplatesOf(db, [id]));
    },
  );
  api.patch(
    '/api/verifications/profiles/:id',
    {
      schema: {
        tags,
        summary: 'Change a verification profile',
        params,
        body: profileChange,
        response: { 200: profileAnswer },
      },
    },
    async ({ params: { id }, body, caller: { project } }) => {
      const before = await requireProfile(db, project.id, id);
      const { id: _id, project_id: _project, created_at: _made, updated_at: _changed, ...present } = before;
      const apps = present.whatsapp_apps;
      const row = rowOf(body, {
        ...{ ...present, texts: JSON.stringify(present.texts) },
        whatsapp_apps: apps === null ? null : JSON.stringify(apps),
      });
      await checkProfile(db, project, row);
      const profile = await updateProfile(db, before, row, clock.now());
      if (!profile) throw nameTaken(row.name);
      return shown(profile, project, await codeTemplatesOf(db, [id]));
    },
  );
  api.post(
    '/api/verifications/profiles/:id/whatsApp',
    {
      schema: {
        tags,
        summary: 'Have Meta approve codes on WhatsApp in a language, or ask where that stands',
        params,
        body: Type.Object({
          senderId: Type.Integer({
            description: 'A transactional WhatsApp sender, of whose account the template is',
          }),
          language: Type.Optional(
            Type.String({
              pattern: '^[a-z]{2,3}(_[A-Z]{2})?$',
              default: 'en_US',
              description: 'Meta’s code',
            }),
          ),
        }),
        response: { 200: codeTemplateAnswer },
      },
    },
    async ({ params: { id }, body, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, id);
      const { senderId, language = 'en_US' } = body;
      return submitCodeTemplate(context, profile, { senderId, language });
    },
  );
  api.delete(
    '/api/verifications/profiles/:id',
    {
      schema: { tags, summary: 'Delete a verification profile', params, response: { 200: successAnswer } },
    },
    async ({ params: { id }, caller: { project } }) => {
      await deleteProfile(db, await requireProfile(db, project.id, id));
      return success('Deleted');
    },
  );
};

/** A profile is as NIST and Twilio have it unless somebody says otherwise (limits.ts). */
const firstValues = (name: string, allowed: string[]): ProfileFields => ({
  ...{ name, countries: allowed, channels: ['sms'], sender_ids: [], brand: null, texts: '{}' },
  ...{ code_length: 6, lives_seconds: 300, web_domain: null, app_hash: null, whatsapp_apps: null },
  ...{ hourly_limit: 1_000, daily_budget_micros: 50 * microsADollar },
});

function rowOf(body: Static<typeof profileChange>, before: ProfileFields): ProfileFields {
  const { dailyBudget } = body;
  return {
    name: body.name?.trim() ?? before.name,
    channels: body.channels ?? before.channels,
    sender_ids: body.senderIds ?? before.sender_ids,
    brand: body.brand === undefined ? before.brand : body.brand,
    texts: body.texts === undefined ? before.texts : JSON.stringify(body.texts),
    code_length: body.codeLength ?? before.code_length,
    lives_seconds: body.livesSeconds ?? before.lives_seconds,
    countries: body.countries ?? before.countries,
    web_domain: body.webDomain === undefined ? before.web_domain : body.webDomain,
    app_hash: body.appHash === undefined ? before.app_hash : body.appHash,
    whatsapp_apps:
      body.whatsAppApps === undefined
        ? before.whatsapp_apps
        : body.whatsAppApps && JSON.stringify(body.whatsAppApps),
    hourly_limit: body.hourlyLimit ?? before.hourly_limit,
    daily_budget_micros:
      dailyBudget === undefined ? before.daily_budget_micros : Math.round(dailyBudget * microsADollar),
  };
}

const known: ReadonlySet<string> = new Set(getCountries());

/** @throws ApiError BadParams, SenderRefused. */
async function checkProfile(db: Database, project: CallerProject, row: ProfileFields): Promise<void> {
  const unknown = row.countries.filter((country) => !known.has(country));
  if (unknown.length > 0)
    throw new ApiError('BadParams', `countries: ${unknown.join(', ')} are no countries with phone numbers`, {
      field: 'countries',
      value: unknown,
    });
  for (const [language, text] of Object.entries(JSON.parse(row.texts ?? '{}') as Record<string, string>)) {
    const field = `texts.${language}`;
    if (!/^(?:\*|[a-z]{2,3})$/.test(language))
      throw new ApiError('BadParams', `${field} names no language; give two letters, as de, or *`, { field });
    const fault = faultOfText(text);
    if (fault) throw new ApiError('BadParams', `${field} ${fault}`, { field });
  }
  const apps = row.whatsapp_apps ? readCodeApps(JSON.parse(String(row.whatsapp_apps))) : null;
  const faultOfApps = apps && faultOfCodeApps(apps);
  if (faultOfApps) throw new ApiError('BadParams', `whatsAppApps: ${faultOfApps}`, { field: 'whatsAppApps' });
  const candidates = await loadCandidates(db, project.id);
  for (const id of row.sender_ids) {
    const sender = candidates.find((each) => each.id === id);
    const fault = !sender
      ? 'is no sender of this project'
      : sender.purpose !== 'transactional'
        ? 'is a promotional sender; codes come from transactional ones'
        : codeMedia.some((medium) => medium === sender.medium)
          ? null
          : `sends by ${sender.medium}, which carries no codes`;
    if (fault)
      throw new ApiError('SenderRefused', `senderIds: ${id} ${fault}`, { field: 'senderIds', value: id });
  }
}

function nameTaken(name: string): ApiError {
  return new ApiError('BadParams', `name: the project has a verification profile “${name}” already`, {
    field: 'name',
    value: name,
  });
}

/** Of media those that carry codes. */
const carrying = (media: readonly string[]) =>
  codeMedia
    .filter((medium) => media.includes(medium))
    .toSorted((a, b) => media.indexOf(a) - media.indexOf(b));

function shown(
  profile: Profile,
  project: CallerProject,
  templates: readonly CodeTemplate[],
): Static<typeof profileAnswer> {
  const { body, segments } = codeText(wordingOf(profile, project), undefined);
  return {
    ...{
      id: profile.id,
      name: profile.name,
      channels: carrying(profile.channels),
      senderIds: profile.sender_ids,
    },
    ...{ brand: profile.brand, texts: profile.texts as Record<string, string> },
    ...{ codeLength: profile.code_length, livesSeconds: profile.lives_seconds, countries: profile.countries },
    ...{ webDomain: profile.web_domain, appHash: profile.app_hash, hourlyLimit: profile.hourly_limit },
    whatsAppApps: readCodeApps(profile.whatsapp_apps),
    dailyBudget: profile.daily_budget_micros / microsADollar,
    ...{ example: body, segments },
    whatsApp: templates
      .filter((each) => each.profile_id === profile.id && each.name === codeTemplateName(profile))
      .map(({ name, language, status, reason }) => ({ name, language, status, reason })),
    createdAt: profile.created_at.toISOString(),
    updatedAt: profile.updated_at.toISOString(),
  };
}
