import type { Socket } from 'node:net';
import nodemailer from 'nodemailer';
import { connectGuarded } from '../../outbound/connect.ts';
import { type Guard, OutboundRefused } from '../../outbound/guard.ts';
import { placeOfMailServer } from '../../outbound/place.ts';
import { type Departure, departureOf } from '../departure.ts';
import { outboundRefused } from '../http-refusal.ts';
import type { OpenWire, OutgoingMessage, ProviderAccount, SendResult } from '../sending.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { isSmtpAccount, type SmtpAccount } from './account.ts';
import { judgeSmtpReply, type SmtpStage } from './error-codes.ts';

type EmailContent = Extract<OutgoingMessage['content'], { kind: 'email' }>;

/** Connections to one mail server. */
interface Transport {
  mailer: ReturnType<typeof openMailer>;
  sockets: Set<Socket>;
}

/** How nodemailer is given a connection. */
type SocketGiven = (error: Error | null, given?: { connection: Socket }) => void;

/** Limits of the connections to one mail server. */
export interface SmtpLimits {
  connections?: number;
  connectTimeoutMs?: number;
  /** The longest silence of the server; RFC 5321 lets it think long after the message's last byte. */
  silenceTimeoutMs?: number;
  /** The longest that a message may take, its wait for a connection included, however the server's words trickle. */
  messageMs?: number;
}

/**
 * Email by SMTP, over connections that stay open. SMTP tells nothing after it has accepted a message and cannot
 * be asked, so `accepted` is all that is ever known, and a connection cut after the last byte is `unknown`.
 */
export function createSmtpWire(guard: Guard, limits: SmtpLimits = {}): OpenWire {
  const transports = new Map<string, Transport>();

  function transportOf(account: SmtpAccount): Transport {
    const { host, port, secure, user, password } = account;
    const key = JSON.stringify([host, port, secure, user, password]);
    let transport = transports.get(key);
    if (transport === undefined) {
      const sockets = new Set<Socket>();
      transport = { mailer: openMailer(account, guard, limits, sockets), sockets };
      transports.set(key, transport);
    }
    return transport;
  }

  return {
    name: 'smtp',
    async send(account, message, context) {
      const departure = departureOf(context);
      let patience: NodeJS.Timeout | undefined;
      try {
        if (!isSmtpAccount(account) || message.content.kind !== 'email') {
          return {
            outcome: 'refused',
            errorClass: 'permanent',
            code: 'WRONG_WIRE',
            detail: 'SMTP takes email only',
          };
        }
        if (context.signal?.aborted) {
          return {
            outcome: 'refused',
            errorClass: 'unsent',
            code: 'ABORTED',
            detail: 'stopped before it was sent',
          };
        }
        const mail = mailOf(message, message.content);
        departures.set(mail.headers, departure);
        const { mailer, sockets } = transportOf(account);
        const messageMs = limits.messageMs ?? 15 * 60_000;
        // Again and again: one that is only being opened then is cut once it is there.
        const cut = () => {
          for (const socket of sockets) socket.destroy();
          patience = setTimeout(cut, Math.min(messageMs, cutAgainMs));
        };
        patience = setTimeout(cut, messageMs);
        const info = await mailer.sendMail(mail);
        return { outcome: 'accepted', providerMessageId: info.messageId };
      } catch (error) {
        const failure = failureOf(error, departure.isPast());
        return 'detail' in failure
          ? { ...failure, detail: withoutSecrets(failure.detail, secretsOf(account)) }
          : failure;
      } finally {
        clearTimeout(patience);
        departure.settle();
      }
    },
    async close() {
      for (const { mailer } of transports.values()) mailer.close();
      transports.clear();
    },
  };
}

/** How soon connections are cut once more while a message whose time is over has not come back, in ms. */
const cutAgainMs = 1_000;

/** Each message's departure, by the headers object that nodemailer hands on untouched. */
const departures = new WeakMap<object, Departure>();

function openMailer(account: SmtpAccount, guard: Guard, limits: SmtpLimits, sockets: Set<Socket>) {
  const connectTimeoutMs = limits.connectTimeoutMs ?? 5_000;
  const transport = nodemailer.createTransport({
    pool: true,
    host: account.host,
    port: account.port,
    secure: account.secure,
    ...(account.user === undefined ? {} : { auth: { user: account.user, pass: account.password ?? '' } }),
    maxConnections: limits.connections ?? 10,
    maxMessages: 1_000,
    // The pool opens another connection when the server dropped an idle one under a message.
    maxRequeues: 2,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: limits.silenceTimeoutMs ?? 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Connected by the guard, to the address it has judged; nodemailer makes the certificate prove the host's name as ever.
    getSocket: (_options: unknown, done: SocketGiven) => {
      openSocket(account, guard, connectTimeoutMs).then(
        (connection) => {
          sockets.add(connection);
          connection.once('close', () => sockets.delete(connection));
          done(null, { connection });
        },
        (error: Error) => done(error),
      );
    },
  });
  transport.use('stream', (mail, done) => {
    const departure = mail.data.headers && departures.get(mail.data.headers);
    mail.message.processFunc((bytes) => {
      // Called again when the pool tries anew: what has gone once may not go again.
      if (departure?.isPast()) return bytes.destroy(new Error('the message had already departed'));
      // The stream ends when its last byte has gone to the socket, after the server asked for the data.
      return bytes.once('end', () => departure?.happened());
    });
    done();
  });
  // A connection that fails while idle concerns no message; the next one opens another.
  transport.on('error', () => undefined);
  return transport;
}

async function openSocket({ host, port }: SmtpAccount, guard: Guard, timeoutMs: number): Promise<Socket> {
  const place = placeOfMailServer(host, port);
  if ('fault' in place) throw new OutboundRefused(place.fault);
  return connectGuarded(guard, place, timeoutMs);
}

/** How a dialogue with a mail server ended that sent nothing: `code` is nodemailer's, or the system's. */
export type Greeting = { ok: true } | { ok: false; code: string; words: string };

/** Says hello to an account's server, and signs in where that is asked, over a connection of its own. Never throws. */
export async function greetServer(
  account: SmtpAccount,
  guard: Guard,
  timeoutMs: number,
  more: { requireTLS?: boolean; auth?: { user: string; pass: string } },
): Promise<Greeting> {
  const { host, port, secure } = account;
  const sockets = new Set<Socket>();
  // Silence is not waited for, and nor is a server that goes on and on.
  const patience = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, 2 * timeoutMs);
  const mailer = nodemailer.createTransport({
    ...{ host, port, secure, ...more },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    getSocket: (_options: unknown, done: SocketGiven) => {
      openSocket(account, guard, timeoutMs).then(
        (connection) => {
          sockets.add(connection);
          done(null, { connection });
        },
        (error: Error) => done(error),
      );
    },
  });
  try {
    await mailer.verify();
    return { ok: true };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, code: fieldsOf(error).code ?? '', words: withoutSecrets(words, secretsOf(account)) };
  } finally {
    clearTimeout(patience);
    mailer.close();
  }
}

/** The account's password, plain and in the forms that it goes in. */
function secretsOf(account: ProviderAccount): string[] {
  if (!isSmtpAccount(account) || account.password === undefined) return [];
  const forms = [account.password, `\0${account.user ?? ''}\0${account.password}`];
  return [account.password, ...forms.map((form) => Buffer.from(form).toString('base64'))];
}

function mailOf({ reference, from, to }: OutgoingMessage, content: EmailContent) {
  const { unsubscribeUrl, replyTo } = content;
  return {
    from: { name: content.fromName ?? '', address: from },
    to: { name: '', address: to },
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: content.subject,
    html: content.html,
    text: content.text,
    headers: {
      'X-Carillon-Message': reference,
      ...(unsubscribeUrl === undefined ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    ...(unsubscribeUrl === undefined ? {} : { list: { unsubscribe: unsubscribeUrl } }),
  };
}

function failureOf(error: unknown, departed: boolean): SendResult {
  const detail = error instanceof Error ? error.message : String(error);
  const { responseCode, response, command, code } = fieldsOf(error);
  if (code === 'OUTBOUND') return outboundRefused(detail);
  // Once departed, only the reply to the message itself says what became of it; any other came to a new attempt.
  if (departed && code !== 'EMESSAGE') return { outcome: 'unknown', detail };
  if (responseCode !== undefined) {
    const verdict = judgeSmtpReply(responseCode, response ?? detail, stageOf(command ?? ''));
    return { outcome: 'refused', ...verdict, detail: response ?? detail };
  }
  if (code === 'EENVELOPE') {
    const errorClass = /recipient/i.test(detail) ? 'badAddress' : 'sender';
    return { outcome: 'refused', errorClass, code, detail };
  }
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return { outcome: 'refused', errorClass: 'account', code, detail };
  return { outcome: 'refused', errorClass: 'unsent', code: 'CONNECT', detail };
}

function stageOf(command: string): SmtpStage {
  if (command.startsWith('AUTH')) return 'auth';
  if (command === 'MAIL FROM') return 'sender';
  if (command === 'RCPT TO') return 'recipient';
  return command === 'DATA' ? 'data' : 'connect';
}

/** What nodemailer hangs on its errors: the server's reply, where there was one, and what it replied to. */
function fieldsOf(error: unknown): {
  responseCode?: number;
  response?: string;
  command?: string;
  code?: string;
} {
  if (typeof error !== 'object' || error === null) return {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    ...('responseCode' in error && typeof error.responseCode === 'number'
      ? { responseCode: error.responseCode }
      : {}),
    response: 'response' in error ? text(error.response) : undefined,
    command: 'command' in error ? text(error.command) : undefined,
    code: 'code' in error ? text(error.code) : undefined,
  };
}
