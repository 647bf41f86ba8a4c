import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { rowId } from '../../http/schemas.ts';
import { isObject } from '../../segments/values/group.ts';
import { applyFiles } from '../files/apply-files.ts';
import { fileOf, journeyFile, thingsIn } from '../files/journey-file.ts';
import { mermaidOf } from '../files/mermaid.ts';
import {
  type FilePlan,
  filePlanAnswer,
  planFiles,
  type Standing,
  standingJourneys,
} from '../files/plan-files.ts';
import { thingsById } from '../files/things.sql.ts';
import { findJourney, versionsOf } from '../journeys.sql.ts';

const tags = ['Journeys'];
const mostFiles = 200;
const files = Type.Object({ files: Type.Array(journeyFile, { minItems: 1, maxItems: mostFiles }) });

/** Journeys as files: written, compared with what is there, and applied. */
export const fileRoutes: Routes = (api, context) => {
  const { db } = context;
  const filesOf = async (projectId: number, standing: readonly Standing[]) => {
    const said = standing.map(({ journey, published }) => {
      const document = published ?? journey.draft;
      return { journey, document: isObject(document) ? document : {} };
    });
    const things = await thingsById(
      db,
      projectId,
      said.flatMap(({ document }) => thingsIn(document)),
    );
    const names = new Map(things.map(({ kind, id, name }) => [`${kind}:${id}`, name]));
    return said.map(({ journey, document }) => fileOf(journey, document, names));
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
        params: Type.Object({ id: rowId }),
        response: { 200: journeyFile },
      },
    },
    async ({ caller: { project }, params: { id } }) => {
      const journey = await findJourney(db, project.id, id);
      const [newest] = await versionsOf(db, id);
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
        params: Type.Object({ id: rowId }),
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
        body: files,
        response: { 200: Type.Object({ plans: Type.Array(filePlanAnswer) }) },
      },
    },
    async ({ caller: { project }, body }) => ({
      plans: (await planFiles(context, project, body.files)).map(asAnswer),
    }),
  );
  api.post(
    '/api/journeys/files/apply',
    {
      schema: {
        tags,
        summary: 'Make, change and publish journeys as files say; where one is refused, nothing is done',
        body: files,
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

const asAnswer = ({ file, what, journey, changes, impact, faults }: FilePlan) => ({
  ...{ name: file.name, what },
  ...(journey && { id: journey.id }),
  ...(changes.length > 0 && { changes }),
  ...(impact && { impact }),
  ...(faults.length > 0 && { faults }),
});
