import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';
import type { Api } from './fastify-api.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file that may take as long as it goes on arriving. */
    upload?: boolean;
  }
}

/** How long the server waits for those who send slowly, in milliseconds. */
export interface Patience {
  /** For a request's head, of which no answer can be given yet. */
  head: number;
  /** How often Node looks for heads that are late. */
  lookForHeads: number;
  /** For a whole body. */
  body: number;
  /** An upload brings `uploadBytes` in each such time: a line of 5 kbit/s does. */
  upload: number;
  uploadBytes: number;
  /** For a reader who takes nothing of an answer, or a handler that gives none. */
  idle: number;
}

export const patience: Patience = {
  head: 15_000,
  lookForHeads: 5_000,
  body: 30_000,
  upload: 30_000,
  uploadBytes: 16 * 1024,
  idle: 300_000,
};

/** Connections of one process, so that files are left for the database and the log whatever comes. */
export const mostConnections = 4_096;

/** The rest between two turns of reading on what was refused, in milliseconds. */
const restMs = 25;

/**
 * Ends requests whose bodies do not come: each is read within `body`, or for an upload goes on arriving. Who waits for
 * an answer gets 408; where one was given already (a refusal before the body), the connection is closed. What is still sent after
 * a refusal is passed over in turns.
 */
export function limitBodies(api: Api, { body, upload, uploadBytes }: Patience): void {
  api.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request)) {
      const { raw } = request;
      const timer =
        request.routeOptions.config.upload === true && !request.is404
          ? watchUpload(request, reply, upload, uploadBytes)
          : setTimeout(endLate, body, request, reply);
      timer.unref();
      const stop = () => clearTimeout(timer);
      raw.once('end', stop).once('close', stop);
      reply.raw.once('finish', () => passOverInTurns(raw));
    }
    done();
  });
}

function watchUpload(request: FastifyRequest, reply: FastifyReply, every: number, least: number) {
  const { socket } = request.raw;
  let read = socket.bytesRead;
  return setInterval(() => {
    // Who was refused, without a key or on the way, has nothing more to bring.
    if (reply.sent || socket.bytesRead - read < least) endLate(request, reply);
    read = socket.bytesRead;
  }, every);
}

/**
 * Whoever still sends could not read the answer if the connection ended now, and read at full speed 16 MB of it would keep
 * everybody else waiting: one turn of the event loop reads on, and the next ones are others'.
 */
function passOverInTurns(raw: IncomingMessage): void {
  const { socket } = raw;
  const rest = () => {
    if (raw.complete || socket.destroyed) return;
    socket.pause();
    setTimeout(() => {
      socket.resume();
      setImmediate(rest);
    }, restMs).unref();
  };
  rest();
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function endLate(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.complete) return;
  if (reply.sent || raw.listenerCount('error') === 0) {
    raw.socket.destroy();
    return;
  }
  void reply.header('Connection', 'close');
  raw.emit(
    'error',
    new ApiError(
      'RequestTimeout',
      'The body did not arrive in time; send the request anew, in smaller parts',
    ),
  );
}
