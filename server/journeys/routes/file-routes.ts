import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { callsOfThings } from '../../segments/called.ts';
import type { Lacking } from '../../segments/definition-file.ts';
import { isObject } from '../../segments/values/group.ts';
import { applyFiles } from '../files/apply-files.ts';
import { fileOf, journeyFile, thingsIn } from '../files/journey-file.ts';
import { mermaidOf } from '../files/mermaid.ts';
import {
  draftHere,
  type FilePlan,
  filePlanAnswer,
  planFiles,
  type Standing,
  standingJourneys,
} from '../files/plan-files.ts';
import { thingsOfJourneys } from '../files/things.sql.ts';
import { findJourney, insertJourney, versionsOf } from '../journeys.sql.ts';
import { journeyAnswer, journeyAsAnswer, journeyInPath } from './journey-answer.ts';

const tags = ['Journeys'];
const mostFiles = 200;
const files = Type.Object({ files: Type.Array(journeyFile) });
/** Files are looked at one by one, so that all that is wrong in all of them is told at once. */
const given = Type.Object({
  files: Type.Array(Type.Unknown({ description: 'A journey as GET /api/journeys/files gives it' }), {
    minItems: 1,
    maxItems: mostFiles,
  }),
});

/** Journeys as files: written, compared with what is there, and applied. */
export const fileRoutes: Routes = (api, context) => {
  const { db } = context;
  const filesOf = async (projectId: number, standing: readonly Standing[]) => {
    const said = standing.map(({ journey, published }) => {
      const document = published ?? journey.draft;
      return { journey, document: isObject(document) ? document : {}, isDraft: published === null };
    });
    const calls = await callsOfThings(
      thingsOfJourneys(context, projectId),
      said.flatMap(({ document }) => thingsIn(document)),
    );
    return said.map(({ journey, document, isDraft }) => fileOf({ ...journey, isDraft }, document, calls));
  };
  api.get(
    '/api/journeys/files',
    {
      schema: {
        tags,
        summary: 'All journeys that are not archived as files, each as it is published, or as it is drawn',
        response: { 200: files },
      },
    },
    async ({ caller: { project } }) => ({
      files: await filesOf(project.id, await standingJourneys(db, project.id)),
    }),
  );
  api.get(
    '/api/journeys/:id/file',
    {
      schema: {
        tags,
        summary: 'A journey as a file, as it is published, or as it is drawn',
        params: journeyInPath,
        querystring: Type.Object({
          draft: Type.Optional(
            Type.Boolean({ description: 'true: as it is drawn, also where something else is published' }),
          ),
        }),
        response: { 200: journeyFile },
      },
    },
    async ({ caller: { project }, params: { id }, query: { draft: isDrawn = false } }) => {
      const journey = await findJourney(db, project.id, id);
      const [newest] = isDrawn && journey.draft !== null ? [] : await versionsOf(db, id);
      const [file] = await filesOf(project.id, [{ journey, published: newest?.document ?? null }]);
      return file!;
    },
  );
  api.get(
    '/api/journeys/:id/mermaid',
    {
      schema: {
        tags,
        summary: 'A picture of a journey, as it is drawn or published, in the words of Mermaid',
        params: journeyInPath,
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async ({ caller: { project }, params: { id } }, reply) => {
      const journey = await findJourney(db, project.id, id);
      const [newest] = await versionsOf(db, id);
      return reply
        .type('text/plain; charset=utf-8')
        .send(await mermaidOf(context, project, journey.draft ?? newest?.document));
    },
  );
  api.post(
    '/api/journeys/files/plan',
    {
      schema: {
        tags,
        summary: 'What applying files would do; nothing is written',
        body: given,
        response: { 200: Type.Object({ plans: Type.Array(filePlanAnswer) }) },
      },
    },
    async ({ caller: { project }, body }) => ({
      plans: (await planFiles(context, project, body.files)).map(asAnswer),
    }),
  );
  api.post(
    '/api/journeys/files/draft',
    {
      schema: {
        tags,
        summary: 'Make a draft of a file, whatever journeys there are of its name',
        body: Type.Object({ file: journeyFile }),
        response: { 200: journeyAnswer },
      },
    },
    async ({ caller: { project, name: by }, body: { file } }) => {
      const { name, description = '' } = file;
      const given = { name, description, draft: await draftHere(context, project.id, file) };
      const id = await insertJourney(db, project.id, given, by, context.clock.now());
      return journeyAsAnswer(await findJourney(db, project.id, id));
    },
  );
  api.post(
    '/api/journeys/files/apply',
    {
      schema: {
        tags,
        summary: 'Make, change and publish journeys as files say; where one is refused, nothing is done',
        body: given,
        response: {
          200: Type.Object({
            applied: Type.Boolean({ description: 'false where any is refused' }),
            plans: Type.Array(filePlanAnswer),
          }),
        },
      },
    },
    async ({ caller: { project, name: by }, body }) => {
      const plans = await applyFiles(context, { project, by }, body.files);
      return { applied: plans.every(({ what }) => what !== 'refused'), plans: plans.map(asAnswer) };
    },
  );
};

const asAnswer = ({
  file,
  what,
  journey,
  hasDraft,
  changes,
  impact,
  lacking,
  faults,
  warnings,
}: FilePlan) => ({
  ...{ name: file.name, what, isDraft: file.draft === true },
  ...(journey && { id: journey.id }),
  ...(hasDraft && { hasDraft }),
  ...(changes.length > 0 && { changes }),
  ...(impact && { impact }),
  ...(lacking.length > 0 && { lacking: byReference(lacking) }),
  ...(faults.length > 0 && { faults: [...faults] }),
  ...(warnings.length > 0 && { warnings: [...warnings] }),
});

/** Each once, with all places that name it. */
const byReference = (lacking: readonly Lacking[]) =>
  [...Map.groupBy(lacking, ({ reference }) => reference).values()].flatMap((same) =>
    same.slice(0, 1).map(({ kind, reference, name, isSeveral, candidates }) => ({
      ...{ kind, reference, name, isSeveral, candidates: [...candidates] },
      fields: same.map(({ field }) => field),
    })),
  );
