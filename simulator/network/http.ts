import type { IncomingMessage, ServerResponse } from 'node:http';

/** Reads a request's whole body; `done` gets null when it is longer than `limit` bytes. */
export function readBody(request: IncomingMessage, limit: number, done: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length > limit) done(null);
    else done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  });
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
