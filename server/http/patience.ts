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

/**
 * Connections of one process, so that files are left for the database and the log whatever comes, and that they end at once
 * within a twentieth of a second: each takes some 25 microseconds to close.
 */
export const mostConnections = 2_048;

/** The part of a body's time that some get beyond it, so that hundreds that came at once are not hung up on at once. */
const spread = 0.05;
/**
 * What is read on of a refused body, about, so that the connection may be used anew, in bytes. Not all of it: Node puts
 * each 64 KB into memory of its own, and every 50 MB of that stop the thread to clear it away.
 */
const mostPassedOver = 2 ** 20;
/** The rest between two turns of it, in milliseconds. */
const restMs = 25;
/** How long whoever sends still more has to read the answer, in milliseconds. */
const lingerMs = 2_000;

/**
 * Ends requests whose bodies do not come: each is read within `body`, or for an upload goes on arriving. Who waits for
 * an answer gets 408; where one was given already (a refusal before the body), the connection is closed. What is still sent after
 * a refusal is passed over in turns, and the connection closed where that is much.
 */
export function limitBodies(api: Api, { body, upload, uploadBytes }: Patience): void {
  api.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request)) setImmediate(watch, request, reply);
    done();
  });
  /** Most bodies come with their heads and are whole by the next turn: nothing is kept of them. */
  const watch = (request: FastifyRequest, reply: FastifyReply) => {
    const { raw } = request;
    if (raw.complete || raw.destroyed) return;
    const timer =
      request.routeOptions.config.upload === true && !request.is404
        ? watchUpload(request, reply, upload, uploadBytes)
        : setTimeout(endLate, body * (1 + Math.random() * spread), request, reply);
    timer.unref();
    const stop = () => clearTimeout(timer);
    raw.once('end', stop).once('close', stop);
    if (reply.raw.writableFinished) passOverInTurns(raw);
    else reply.raw.once('finish', () => passOverInTurns(raw));
  };
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
 * Whoever still sends could not read the answer if the connection ended now, and read at full speed the rest would keep
 * everybody else waiting: one turn of the event loop reads on, and the next ones are others'. Of what is far too much the
 * rest is left where it is, and the connection ends after a while.
 */
function passOverInTurns(raw: IncomingMessage): void {
  const { socket } = raw;
  const already = socket.bytesRead;
  const rest = () => {
    if (raw.complete || socket.destroyed) return;
    socket.pause();
    if (socket.bytesRead - already > mostPassedOver) {
      setTimeout(() => socket.destroy(), lingerMs).unref();
      return;
    }
    setTimeout(() => {
      socket.resume();
      setImmediate(rest);
    }, restMs).unref();
  };
  // Node itself reads on in this turn, whoever pauses.
  setImmediate(rest);
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
