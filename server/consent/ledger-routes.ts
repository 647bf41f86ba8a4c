import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { medium } from '../http/media.ts';
import { instantInput, nullable, rowId, standingStatus } from '../http/schemas.ts';
import { rowFailure } from '../users/bulk-answer.ts';
import { inBatches } from '../users/by-lane.ts';
import { findUsers } from '../users/find-users.ts';
import { keyOfName, namedUser } from '../users/named-user.ts';
import { listChannels } from './channels.sql.ts';
import {
  type ExplainedStanding,
  explainStanding,
  type LedgerEntry,
  readLedger,
} from './explain-standing.sql.ts';
import { missingSource } from './ledger.ts';
import { recordRows, type WishRowOutcome } from './record-rows.ts';
import { suppressStranger } from './suppress-stranger.ts';

const tags = ['Consent'];
const who = {
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  whatsAppUserId: Type.Optional(Type.String()),
};
const what = { channelId: Type.Optional(rowId), messageTypeId: Type.Optional(rowId) };
const method = Type.Union(
  (['webForm', 'paper', 'inPerson', 'doubleOptIn', 'keyword', 'api', 'import', 'console'] as const).map(
    (name) => Type.Literal(name),
  ),
);
const recordedSchema = Type.Object({
  successCount: Type.Integer(),
  failCount: Type.Integer(),
  pendingCount: Type.Integer({ description: 'Of the successes, those that wait for a confirmation' }),
  failures: Type.Array(rowFailure),
});
const kind = Type.Enum(['channel', 'messageType']);
const entrySchema = Type.Object({
  id: Type.Integer(),
  action: Type.String(),
  kind,
  targetId: Type.Integer(),
  name: nullable(Type.String()),
  channelName: nullable(Type.String()),
  medium: nullable(medium),
  address: nullable(Type.String()),
  method: Type.String(),
  source: Type.String(),
  wording: nullable(Type.String()),
  ip: nullable(Type.String()),
  happenedAt: Type.String(),
  dated: Type.Boolean({ description: 'False: nobody told when, and `happenedAt` is when it was recorded' }),
  recordedAt: Type.String(),
});
const standingSchema = Type.Object({
  kind,
  targetId: Type.Integer(),
  name: Type.String(),
  channelName: Type.String(),
  medium,
  status: standingStatus,
  paused: Type.Boolean(),
  since: Type.String(),
  entry: nullable(entrySchema),
});

/** Recording consent with its proof, recording opt-outs by hand, and showing the proof of a person. */
export const ledgerRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.post(
    '/api/consent',
    {
      schema: {
        tags,
        summary: 'Record opt-ins with their proof',
        body: Type.Object({
          consents: Type.Array(
            Type.Object({
              ...who,
              ...what,
              method,
              source: Type.String({ description: 'Where it was given: a page, a form, a shop' }),
              wording: Type.Optional(Type.String({ description: 'The text that the person agreed to' })),
              ip: Type.Optional(Type.String()),
              happenedAt: Type.Optional(instantInput),
            }),
            { maxItems: 10_000 },
          ),
        }),
        response: { 200: recordedSchema },
      },
      config: { rows: ['consents'] },
    },
    async (request) => {
      const rows = request.body.consents.map((row) => ({ ...row, action: 'optIn' as const }));
      const outcomes: WishRowOutcome[] = [];
      for (const batch of inBatches(rows))
        outcomes.push(...(await recordRows(context, request.caller.project, batch, clock.now())));
      return answerOf(outcomes);
    },
  );
  api.post(
    '/api/consent/optOut',
    {
      schema: {
        tags,
        summary:
          'Record an opt-out that came by another way (a call, a letter, a shop), of anybody by their address',
        body: Type.Object({
          ...who,
          ...what,
          source: Type.String({ description: 'How it was said; a call, a letter' }),
          note: Type.Optional(Type.String()),
        }),
        response: { 200: recordedSchema },
      },
    },
    async (request) => {
      const { project, name } = request.caller;
      const { note, source, channelId, messageTypeId, ...person } = request.body;
      if (source.trim() === '') throw missingSource('source');
      const stated = `${source.trim()} (recorded by ${name})`;
      const key = keyOfName(person, project);
      const isKnown = async () => (await findUsers(db, project.id, [key]))[0] !== null;
      if (!(await isKnown())) {
        const said = { source: stated, note, at: clock.now() };
        const count = await suppressStranger(db, project, key, { channelId, messageTypeId }, said);
        // Who became a user meanwhile has perhaps not met the suppression: the ledger gets the opt-out too.
        if (count > 0 && !(await isKnown()))
          return { successCount: count, failCount: 0, pendingCount: 0, failures: [] };
      }
      const targets =
        channelId === undefined && messageTypeId === undefined
          ? await allChannels(project.id)
          : [{ channelId, messageTypeId }];
      const rows = targets.map((target) => ({
        ...{
          ...person,
          ...target,
          action: 'optOut' as const,
          method: 'console',
          source: stated,
          wording: note,
        },
      }));
      return answerOf(await recordRows(context, project, rows, clock.now()));
    },
  );
  const allChannels = async (projectId: number) =>
    (await listChannels(db, projectId)).map(({ id }) => ({ channelId: id }));
  api.get(
    '/api/consent/proof',
    {
      schema: {
        tags,
        summary: 'Where a person stands and the whole ledger that proves it',
        querystring: Type.Object(who),
        response: {
          200: Type.Object({ standings: Type.Array(standingSchema), entries: Type.Array(entrySchema) }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = { ...(await namedUser(db, project, request.query)), projectId: project.id };
      const standings = await explainStanding(db, user);
      return { standings: standings.map(showStanding), entries: (await readLedger(db, user)).map(showEntry) };
    },
  );
};

function answerOf(outcomes: WishRowOutcome[]) {
  const failures = outcomes.flatMap((outcome, index) =>
    outcome.ok
      ? []
      : [
          {
            index,
            field: outcome.field,
            value: outcome.value,
            reason: outcome.reason,
            code: outcome.code as string,
          },
        ],
  );
  const pendingCount = outcomes.filter((outcome) => outcome.ok && outcome.pending).length;
  return {
    successCount: outcomes.length - failures.length,
    failCount: failures.length,
    pendingCount,
    failures,
  };
}

function showEntry(entry: LedgerEntry) {
  return { ...entry, happenedAt: entry.happenedAt.toISOString(), recordedAt: entry.recordedAt.toISOString() };
}

function showStanding(standing: ExplainedStanding) {
  const entry = standing.entry === null ? null : showEntry(standing.entry);
  return { ...standing, since: standing.since.toISOString(), entry };
}
