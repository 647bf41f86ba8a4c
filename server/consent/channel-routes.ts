import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { mediumName, mediumNames, mediumOfName } from '../http/media.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import {
  changeMessageType,
  channelOfType,
  insertChannel,
  insertMessageType,
  listChannels,
  listMessageTypes,
  mediumOfChannel,
  renameChannel,
} from './channels.sql.ts';

const tags = ['Channels'];
const channelType = Type.Enum(['Marketing', 'Transactional']);
const purposeOfName = { Marketing: 'promotional', Transactional: 'transactional' } as const;

const channelSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  channelType,
  messageMedium: mediumName,
});
const messageTypeSchema = Type.Object({
  id: Type.Integer(),
  channelId: Type.Integer(),
  channelName: Type.String(),
  name: Type.String(),
  subscriptionPolicy: Type.Literal('OptIn'),
  frequency: Type.String(),
  doubleOptIn: Type.Boolean(),
  startSubscribes: Type.Boolean(),
  createdAt: Type.Integer(),
});
const startSubscribes = Type.Optional(
  Type.Boolean({ description: "What a newcomer's START subscribes to; one type of a channel at most" }),
);
const id = Type.Object({ id: rowId });
const uniqueViolation = '23505';

/** A project's channels and message types: listing, making, changing. */
export const channelRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/channels',
    {
      schema: {
        tags,
        summary: 'Channels',
        response: { 200: Type.Object({ channels: Type.Array(channelSchema) }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const rows = await listChannels(db, project.id);
      return {
        channels: rows.map((row) => ({
          id: row.id,
          name: row.name,
          channelType: row.purpose === 'promotional' ? ('Marketing' as const) : ('Transactional' as const),
          messageMedium: mediumNames[row.medium],
        })),
      };
    },
  );
  api.post(
    '/api/channels',
    {
      schema: {
        tags,
        summary: 'Make a channel',
        body: Type.Object({
          name: Type.String({ minLength: 1 }),
          channelType,
          messageMedium: mediumName,
        }),
        response: { 200: id },
      },
    },
    async (request) => {
      const { name, channelType, messageMedium } = request.body;
      return named(name, () =>
        insertChannel(db, {
          project_id: request.caller.project.id,
          name,
          medium: mediumOfName[messageMedium],
          purpose: purposeOfName[channelType],
        }),
      );
    },
  );
  api.put(
    '/api/channels/:id',
    {
      schema: {
        tags,
        summary: 'Rename a channel',
        params: id,
        body: Type.Object({ name: Type.String({ minLength: 1 }) }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { name } = request.body;
      const { id } = request.params;
      const isThere = await named(name, () => renameChannel(db, request.caller.project.id, id, name));
      if (!isThere) throw missing('channel', id);
      return success();
    },
  );
  api.get(
    '/api/messageTypes',
    {
      schema: {
        tags,
        summary: 'Message types',
        response: { 200: Type.Object({ messageTypes: Type.Array(messageTypeSchema) }) },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const rows = await listMessageTypes(db, project.id);
      return {
        messageTypes: rows.map((row) => ({
          id: row.id,
          channelId: row.channel_id,
          channelName: row.channelName,
          name: row.name,
          subscriptionPolicy: 'OptIn' as const,
          frequency: row.frequency,
          doubleOptIn: row.double_opt_in,
          startSubscribes: row.start_subscribes,
          createdAt: row.created_at.getTime(),
        })),
      };
    },
  );
  api.post(
    '/api/messageTypes',
    {
      schema: {
        tags,
        summary: 'Make a message type within a channel',
        body: Type.Object({
          channelId: rowId,
          name: Type.String({ minLength: 1 }),
          frequency: Type.Optional(Type.String()),
          doubleOptIn: Type.Optional(Type.Boolean()),
          startSubscribes,
        }),
        response: { 200: id },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { channelId, name, frequency, doubleOptIn, startSubscribes: starts } = request.body;
      const medium = await mediumOfChannel(db, project.id, channelId);
      if (!medium) throw missing('channel', channelId);
      if (doubleOptIn) requireAskable(medium);
      const values = { project_id: project.id, channel_id: channelId, name, created_at: clock.now() };
      const row = { ...values, frequency, double_opt_in: doubleOptIn, start_subscribes: starts };
      return named(name, () => insertMessageType(db, row));
    },
  );
  api.put(
    '/api/messageTypes/:id',
    {
      schema: {
        tags,
        summary: 'Change a message type',
        params: id,
        body: Type.Object({
          name: Type.Optional(Type.String({ minLength: 1 })),
          frequency: Type.Optional(Type.String()),
          doubleOptIn: Type.Optional(Type.Boolean()),
          startSubscribes,
        }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { name, frequency, doubleOptIn, startSubscribes: starts } = request.body;
      if ([name, frequency, doubleOptIn, starts].every((each) => each === undefined))
        throw new ApiError(
          'BadParams',
          'body names nothing to change; give name, frequency, doubleOptIn or startSubscribes',
          { field: 'body' },
        );
      const [projectId, typeId] = [request.caller.project.id, request.params.id];
      const channel = await channelOfType(db, projectId, typeId);
      if (!channel) throw missing('message type', typeId);
      const { channelId, medium } = channel;
      if (doubleOptIn) requireAskable(medium);
      const change = { name, frequency, double_opt_in: doubleOptIn, start_subscribes: starts };
      await named(name ?? '', () => changeMessageType(db, { projectId, typeId, channelId }, change));
      return success();
    },
  );
};

/** Refuses double opt-in where nothing can ask for the confirmation: it would wait for ever. */
function requireAskable(medium: Medium): void {
  if (factsOf(medium).asksToConfirm) return;
  throw new ApiError(
    'BadParams',
    `doubleOptIn: the request to confirm goes out by SMS only, and this channel is ${mediumNames[medium]}; leave it out and record opt-ins with their proof`,
    { field: 'doubleOptIn', value: true },
  );
}

async function named<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation)
      throw new ApiError('Conflict', `name “${name}” is taken already; choose another`, {
        field: 'name',
        value: name,
      });
    throw error;
  }
}

function missing(what: string, of: number): ApiError {
  return new ApiError('NotFound', `No ${what} ${of} in this project`, { field: 'id', value: of });
}
