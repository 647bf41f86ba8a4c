import type { ServerResponse } from 'node:http';
import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { textAnswer } from '../http/schemas.ts';
import { authenticate } from '../projects/authenticate.ts';
import type { InboxNews, NewsDesk } from './news.ts';

/**
 * A comment goes so often, so that neither the server nor a proxy takes a quiet connection for a dead one; and so soon it ends for
 * whoever has signed out, was removed or whose key was revoked.
 */
const breathMs = 15_000;
/** It ends after so long at most, so that streams are dealt out anew among the processes of the API. */
const longestSeconds = 900;
/** Whoever reads nothing of so many bytes reads no more. */
const mostUnread = 1_000_000;
/** How soon a browser comes back that has lost the connection. */
const retryMs = 2_000;

/**
 * What happens in the inbox, as it happens (server-sent events). Nothing is kept for who was away: each connection begins with
 * `lookAgain`, and so does one that comes back with Last-Event-ID.
 */
export const liveRoutes =
  (openDesk: () => NewsDesk, breathes = breathMs): Routes =>
  (api, context) => {
    const desk = openDesk();
    const streams = new Set<ServerResponse>();
    api.addHook('preClose', async () => {
      for (const stream of streams) stream.end();
    });
    api.addHook('onClose', () => desk.close());
    api.get(
      '/api/inbox/live',
      {
        schema: {
          tags: ['Inbox'],
          summary: 'News of the inbox as they happen, as server-sent events',
          querystring: Type.Object({
            seconds: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: longestSeconds,
                default: longestSeconds,
                description: 'When it ends',
              }),
            ),
          }),
          response: {
            200: textAnswer(
              'text/event-stream',
              'Events `threads` (ids of threads that are others now), `presence` (who looks or writes where) and `lookAgain`',
            ),
          },
        },
      },
      (request, reply) => {
        const projectId = request.caller.project.id;
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          ...(reply.getHeaders() as Record<string, string>),
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store',
          // A proxy that gathers an answer (nginx) would keep the news.
          'X-Accel-Buffering': 'no',
        });
        let count = 0;
        const write = ({ projectId: _, what, ...data }: InboxNews) => {
          raw.write(`id: ${++count}\nevent: ${what}\ndata: ${JSON.stringify(data)}\n\n`);
          if (raw.writableLength > mostUnread) raw.destroy();
        };
        raw.write(`retry: ${retryMs}\n\n`);
        const unfollow = desk.follow(projectId, write);
        write({ what: 'lookAgain', projectId });
        const breathe = () =>
          authenticate(context, request).then(
            () => raw.write(':\n\n'),
            () => raw.end(),
          );
        const breath = setInterval(() => void breathe(), breathes);
        const { seconds = longestSeconds } = request.query;
        const end = setTimeout(() => raw.end(), seconds * 1_000);
        streams.add(raw);
        raw.on('close', () => {
          clearInterval(breath);
          clearTimeout(end);
          unfollow();
          streams.delete(raw);
        });
      },
    );
  };
