import { type Static, Type } from 'typebox';
import { channelOfType } from '../../consent/channels.sql.ts';
import { textFaults } from '../../content/templates/text-faults.ts';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import type { CallerProject } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { mediumNames } from '../../http/media.ts';
import { rowId, success, successAnswer } from '../../http/schemas.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import { classifyReply } from './classify-reply.ts';
import { foldWhole } from './fold.ts';
import { keywords } from './keyword-table.ts';
import { deleteKeyword, insertKeyword, listKeywords, type ProjectKeyword } from './project-keywords.ts';

const tags = ['Keywords'];
const meaning = Type.Union([Type.Literal('optIn'), Type.Literal('optOut'), Type.Literal('help')]);

const keywordAnswer = Type.Object({
  id: Type.Integer(),
  word: Type.String(),
  meaning,
  messageTypeId: Type.Optional(Type.Integer()),
  messageMedium: Type.Optional(Type.String({ description: 'Where it is written; absent: anywhere' })),
  answer: Type.Optional(Type.String({ description: 'Absent: the usual confirmation' })),
  createdAt: Type.Integer(),
});

const newKeyword = Type.Object({
  word: Type.String({ minLength: 1, maxLength: 40 }),
  meaning,
  messageTypeId: Type.Optional(
    Type.Integer({ description: 'What an optIn subscribes to; it is written on that message type’s medium' }),
  ),
  answer: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1600, description: 'For optIn and help: what is answered' }),
  ),
});

const builtInAnswer = Type.Object({ meaning, language: Type.String(), words: Type.Array(Type.String()) });

/** Words that mean something as a whole message: those built in, and a project's own beside them. */
export const keywordRoutes: Routes = (api, context) => {
  api.get(
    '/api/keywords',
    {
      schema: {
        tags,
        summary: 'Keywords: those built in, by meaning and language, and the project’s own',
        response: {
          200: Type.Object({ builtIn: Type.Array(builtInAnswer), keywords: Type.Array(keywordAnswer) }),
        },
      },
    },
    async (request) => {
      const own = await listKeywords(context.db, request.caller.project.id);
      return { builtIn, keywords: own.map(asAnswer) };
    },
  );
  api.post(
    '/api/keywords',
    {
      schema: {
        tags,
        summary: 'Make a keyword of the project’s own; it counts as the whole message only',
        description:
          'Built-in words cannot be given another meaning, and go first. An optIn subscribes to its message type and needs messageTypeId; an optOut does what STOP does and is answered as STOP is; a help needs an answer.',
        body: newKeyword,
        response: { 200: Type.Object({ ...keywordAnswer.properties, warnings: Type.Array(Type.String()) }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const asked = request.body;
      requireFree(asked.word);
      requireFitting(asked);
      const { messageTypeId = null, answer = null } = asked;
      const medium = messageTypeId === null ? null : await mediumOf(context.db, project.id, messageTypeId);
      const word = { word: asked.word.trim(), meaning: asked.meaning, messageTypeId, medium, answer };
      const made = await insertKeyword(context.db, project.id, word, context.clock.now());
      return { ...asAnswer(made), warnings: warningsOf(asked, project) };
    },
  );
  api.delete(
    '/api/keywords/:id',
    {
      schema: {
        tags,
        summary: 'Delete a keyword of the project’s own',
        params: Type.Object({ id: rowId }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      await deleteKeyword(context.db, request.caller.project.id, request.params.id);
      return success('Keyword deleted');
    },
  );
};

const builtIn = [...Map.groupBy(keywords, (row) => `${row.meaning} ${row.language}`).values()].map(
  (rows) => ({
    meaning: rows[0]!.meaning,
    language: rows[0]!.language,
    words: [...new Set(rows.map((row) => row.word))],
  }),
);

/** A word that means something already keeps that meaning: laws and carriers fix most of them. */
function requireFree(word: string): void {
  const fault = { field: 'word', value: word };
  if (foldWhole(word) === '')
    throw new ApiError(
      'BadParams',
      'word has no letter or digit; people could not be told to write it',
      fault,
    );
  const known = classifyReply(word);
  if (known.meaning !== 'none')
    throw new ApiError(
      'Conflict',
      `word: ${word} is built in as ${known.meaning}; choose another word`,
      fault,
    );
}

function requireFitting({ meaning, messageTypeId, answer }: Static<typeof newKeyword>): void {
  const refuse = (field: string, fault: string) => {
    throw new ApiError('BadParams', `${field} ${fault}`, { field });
  };
  if (meaning === 'optIn' && messageTypeId === undefined)
    refuse('messageTypeId', 'is missing; name what the word subscribes to');
  if (meaning !== 'optIn' && messageTypeId !== undefined)
    refuse('messageTypeId', `does not belong to ${meaning}; leave it out`);
  if (meaning === 'help' && answer === undefined) refuse('answer', 'is missing; write what is answered');
  if (meaning === 'optOut' && answer !== undefined)
    refuse(
      'answer',
      'cannot be set for optOut: the one confirmation that the law allows is sent; leave it out',
    );
  if (answer === undefined) return;
  if (answer.includes('{{')) refuse('answer', 'holds a {{field}}; it is sent as it stands, so write it out');
  const [fault] = textFaults('answer', answer, new Map());
  if (fault) refuse('answer', fault.fault);
}

async function mediumOf(db: Database, projectId: number, messageTypeId: number): Promise<Medium> {
  const type = await channelOfType(db, projectId, messageTypeId);
  const params = { field: 'messageTypeId', value: messageTypeId };
  if (!type)
    throw new ApiError('NotFound', `messageTypeId: no message type ${messageTypeId} in this project`, params);
  if (factsOf(type.medium).answers === null)
    throw new ApiError(
      'BadParams',
      `messageTypeId ${messageTypeId} is of ${mediumNames[type.medium].toLowerCase()}, where nobody writes keywords; name one of SMS or WhatsApp`,
      params,
    );
  return type.medium;
}

/** What an opt-in's answer should say and does not (CTIA Messaging Principles 5.1.2.1). */
function warningsOf({ meaning, answer }: Static<typeof newKeyword>, { brand }: CallerProject): string[] {
  if (meaning !== 'optIn' || answer === undefined) return [];
  const lacks = [
    ['the brand', new RegExp(RegExp.escape(brand), 'iu')],
    ['that STOP ends it', /\bstop\b/i],
    ['that HELP helps', /\bhelp\b/i],
  ] as const;
  return lacks
    .filter(([, sign]) => !sign.test(answer))
    .map(([what]) => `answer does not say ${what}; carriers want it in the confirmation of an opt-in`);
}

function asAnswer(row: ProjectKeyword): Static<typeof keywordAnswer> {
  return {
    id: row.id,
    word: row.word,
    meaning: row.meaning,
    ...(row.message_type_id !== null && { messageTypeId: row.message_type_id }),
    ...(row.medium !== null && { messageMedium: mediumNames[row.medium] }),
    ...(row.answer !== null && { answer: row.answer }),
    createdAt: row.created_at.getTime(),
  };
}
