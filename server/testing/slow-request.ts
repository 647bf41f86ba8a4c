import { connect, type Socket } from 'node:net';

/** A request over a bare socket, of which a test sends as much as it likes, and the answer as it comes. */
export interface SlowRequest {
  send(text: string): void;
  /** The answer's status, head and body, as soon as they are there; the rest of the request need not be sent. */
  answer: Promise<{ status: number; head: string; text: string }>;
  /** Resolves when the other side has closed the connection. */
  closed: Promise<void>;
  end(): void;
}

/** Opens a connection to a server and sends the beginning of a request. */
export function slowRequest(url: string, beginning: string): SlowRequest {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let received = '';
  const whole = () => {
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return null;
    const head = received.slice(0, end);
    const text = received.slice(end + 4);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    return Buffer.byteLength(text) < length ? null : { status: Number(head.split(' ')[1]), head, text };
  };
  const answer = new Promise<NonNullable<ReturnType<typeof whole>>>((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (text) => {
      received += text;
      const answered = whole();
      if (answered) resolve(answered);
    });
    socket.once('close', () => reject(new Error(`closed without an answer: ${received}`)));
  });
  // Who waits for the end only is not told twice.
  answer.catch(() => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // Whoever writes to somebody who has closed is told so by the end.
  socket.on('error', () => undefined);
  socket.write(beginning);
  return { send: (text) => void socket.write(text), answer, closed, end: () => socket.destroy() };
}

/** The head of a request with a JSON body of so many bytes, or of chunks without end. */
export function headOf(
  method: string,
  path: string,
  bytes: number | 'chunked',
  headers: Record<string, string> = {},
): string {
  const length = bytes === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes}`;
  const others = Object.entries({ 'Content-Type': 'application/json', ...headers });
  return [
    `${method} ${path} HTTP/1.1`,
    'Host: carillon.example',
    length,
    ...others.map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
}
