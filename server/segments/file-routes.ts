import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { rowId } from '../http/schemas.ts';
import { callsOfThings, thingsNamed } from './called.ts';
import {
  changeAnswer,
  changesBetween,
  fileOf,
  idsInDefinitions,
  segmentFile,
  withIdsOf,
} from './definition-file.ts';
import { readGiven, remarkGround, sentenceOf } from './ground.ts';
import type { Wanted } from './leaf-kind.ts';
import { thingsHere } from './names.sql.ts';
import { plainJson, remarksOf, segmentAsAnswer } from './segment-answer.ts';
import { asStored, definitionInput, requireNamed, savedAnswer } from './segment-routes.ts';
import { findSegment, insertSegment } from './segments.sql.ts';

const tags = ['Segments'];

/** Segments as files: written, read, compared. */
export const segmentFileRoutes: Routes = (api, context) => {
  const { db, clock, segmentKinds } = context;
  api.get(
    '/api/segments/:id/file',
    {
      schema: {
        tags,
        summary: 'A segment as a file, with the names of what it refers to',
        params: Type.Object({ id: rowId }),
        response: { 200: segmentFile },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const segment = await findSegment(db, project.id, request.params.id);
      const named = await requireNamed(context, project, segment.id);
      const { stored, refersTo } = named.definition;
      const find = (wanted: Wanted) => thingsHere(db, segmentKinds, project.id, wanted);
      const calls = await callsOfThings(find, refersTo);
      return fileOf(segment, sentenceOf(named), plainJson(stored), refersTo, calls);
    },
  );
  api.post(
    '/api/segments/import',
    {
      schema: {
        tags,
        summary:
          'Make a segment of such a file; what it names is looked for by name, and refused where that is none or several',
        body: segmentFile,
        response: { 200: savedAnswer },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const file = request.body;
      const made = await db.transaction().execute(async (transaction) => {
        const find = (wanted: Wanted) => thingsHere(transaction, segmentKinds, project.id, wanted);
        const known = await thingsNamed(find, file.names);
        const given = withIdsOf(file.definition, idsInDefinitions, file.names, known);
        const named = await readGiven({ ...context, db: transaction }, project, given);
        const content = {
          name: file.name,
          description: file.description ?? null,
          ...asStored(named.definition),
          live: false,
        };
        return { named, segment: await insertSegment(transaction, project.id, content, by, clock.now()) };
      });
      return {
        ...segmentAsAnswer(made.segment, made.named, undefined),
        remarks: remarksOf(made.named, await remarkGround(db, project.id)),
      };
    },
  );
  api.post(
    '/api/segments/diff',
    {
      schema: {
        tags,
        summary: 'Where two definitions differ',
        body: Type.Object({ before: definitionInput, after: definitionInput }),
        response: {
          200: Type.Object({
            changes: Type.Array(changeAnswer),
            sentenceBefore: Type.String(),
            sentenceAfter: Type.String(),
          }),
        },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const before = await readGiven(context, project, request.body.before);
      const after = await readGiven(context, project, request.body.after);
      return {
        changes: changesBetween(plainJson(before.definition.stored), plainJson(after.definition.stored)),
        sentenceBefore: sentenceOf(before),
        sentenceAfter: sentenceOf(after),
      };
    },
  );
};
