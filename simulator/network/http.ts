import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';

/**
 * Reads a request's whole body; `done` gets null, as soon as that is known, when it is longer than `limit` bytes. Close
 * the connection with the answer then (`closeAfter`): nobody reads the rest.
 */
export function readBody(request: IncomingMessage, limit: number, done: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let over = Number(request.headers['content-length'] ?? 0) > limit;
  if (over) {
    done(null);
    return;
  }
  request.on('data', (chunk: Buffer) => {
    if (over) return;
    length += chunk.length;
    over = length > limit;
    if (over) done(null);
    else chunks.push(chunk);
  });
  request.on('end', () => {
    if (!over) done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  });
}

/** Lets an answer be the connection's last, since the request's body was not read. */
export function closeAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}

/**
 * Runs `serve`, and `fault` when it fails, at once or later: a call that goes wrong is answered in its wire's own
 * form and ends nothing else.
 */
export function serveGuarded(
  log: Logger,
  response: ServerResponse,
  serve: () => void | Promise<void>,
  fault: () => void,
): void {
  const fail = (error: unknown) => {
    log.error({ err: error }, 'a call failed');
    if (response.headersSent) response.destroy();
    else fault();
  };
  try {
    serve()?.catch(fail);
  } catch (error) {
    fail(error);
  }
}

/** Answers JSON that is already text. */
export function answerJson(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, [
    'content-type',
    'application/json; charset=utf-8',
    'content-length',
    String(Buffer.byteLength(json)),
  ]);
  response.end(json);
}
