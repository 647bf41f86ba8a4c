import type { Socket } from 'node:net';
import { ApiError } from './errors.ts';

/** Answers what is no HTTP, has too large a head, or whose head does not come in time; then the connection ends. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // A reader who is gone, or an answer that is under way already.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [line, fault] = faultOf(error.code);
  const text = JSON.stringify(fault.answer);
  const head = [
    `HTTP/1.1 ${line}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  // Whoever goes on writing is not waited for.
  socket.destroySoon();
}

function faultOf(code: string | undefined): [line: string, fault: ApiError] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return [
      '408 Request Timeout',
      new ApiError('RequestTimeout', 'The request did not arrive in time; send it anew'),
    ];
  if (code === 'HPE_HEADER_OVERFLOW')
    return [
      '431 Request Header Fields Too Large',
      new ApiError(
        'BadParams',
        'The headers or the address are longer than 16 kB; put long values into the body',
      ),
    ];
  return [
    '400 Bad Request',
    new ApiError('BadParams', 'This is no HTTP request that could be read; send it anew'),
  ];
}
