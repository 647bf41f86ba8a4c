import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { ProviderAccount } from '../sending.ts';
import type { ContractProvider, ProviderTurn } from '../wire.contract.ts';

/** A mail server's replies, by what they reply to; 250 where one is missing, a cut connection for an empty one. */
export interface SmtpAnswer {
  greeting?: string;
  auth?: string;
  mail?: string;
  rcpt?: string;
  /** The reply to the whole message. */
  data?: string;
}

/** A mail server for tests, on a port of its own, which keeps what it was given. */
export interface SmtpProvider extends ContractProvider<SmtpAnswer> {
  port: number;
  /** Whole messages, headers and all. */
  mails: string[];
  /** Cuts every connection, as a server does with idle ones. */
  dropConnections(): Promise<void>;
}

/** Starts a mail server that says what it is told to say. */
export async function startSmtpProvider(accountAt: (port: number) => ProviderAccount): Promise<SmtpProvider> {
  const mails: string[] = [];
  const held: (() => void)[] = [];
  const sockets = new Set<Socket>();
  let turn: ProviderTurn<SmtpAnswer> = { do: 'cut' };
  const answer = (): SmtpAnswer => (turn.do === 'cut' ? {} : turn.answer);

  function finish(socket: Socket, mail: string): void {
    mails.push(mail);
    const reply = () => socket.write(`${answer().data ?? '250 2.0.0 taken'}\r\n`);
    if (turn.do === 'cut') socket.destroy();
    else if (turn.do === 'hold') held.push(reply);
    else reply();
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write(`${answer().greeting ?? '220 test ESMTP'}\r\n`);
    serveDialogue(socket, answer, (mail) => finish(socket, mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    account: accountAt(port),
    port,
    mails,
    turn(next) {
      turn = next;
    },
    arrived: () => mails.length,
    async dropConnections() {
      await Promise.all([...sockets].map((socket) => once(socket.destroy(), 'close')));
    },
    release() {
      if (turn.do === 'hold') turn = { do: 'answer', answer: turn.answer };
      for (const go of held.splice(0)) go();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serveDialogue(socket: Socket, answer: () => SmtpAnswer, finish: (mail: string) => void): void {
  let pending = '';
  let inData = false;
  const lineReply = (line: string): string => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') return '250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME';
    if (verb === 'AUTH') return answer().auth ?? '235 2.7.0 welcome';
    if (verb === 'MAIL') return answer().mail ?? '250 2.1.0 ok';
    if (verb === 'RCPT') return answer().rcpt ?? '250 2.1.5 ok';
    if (verb !== 'DATA') return verb === 'QUIT' ? '221 bye' : '250 ok';
    inData = true;
    return '354 go on';
  };
  socket.on('data', (chunk: Buffer) => {
    pending += chunk.toString('latin1');
    for (;;) {
      const terminator = inData ? '\r\n.\r\n' : '\r\n';
      const end = pending.indexOf(terminator);
      if (end === -1) return;
      const text = pending.slice(0, end);
      pending = pending.slice(end + terminator.length);
      if (inData) {
        inData = false;
        finish(text);
      } else {
        const reply = lineReply(text);
        if (reply === '') socket.destroy();
        else socket.write(`${reply}\r\n`);
      }
    }
  });
}
