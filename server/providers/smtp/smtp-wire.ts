import nodemailer from 'nodemailer';
import { type Departure, departureOf } from '../departure.ts';
import type { OutgoingMessage, ProviderAccount, SendResult, Wire } from '../wire.ts';
import { judgeSmtpReply, type SmtpStage } from './error-codes.ts';

type SmtpAccount = Extract<ProviderAccount, { wire: 'smtp' }>;
type EmailContent = Extract<OutgoingMessage['content'], { kind: 'email' }>;
type Transport = ReturnType<typeof openTransport>;

/** Limits of the connections to one mail server. */
export interface SmtpLimits {
  connections?: number;
  connectTimeoutMs?: number;
  /** The longest silence of the server; RFC 5321 lets it think long after the message's last byte. */
  silenceTimeoutMs?: number;
}

/**
 * Email by SMTP, over connections that stay open. SMTP tells nothing after it has accepted a message and cannot
 * be asked, so `accepted` is all that is ever known, and a connection cut after the last byte is `unknown`.
 */
export function createSmtpWire(limits: SmtpLimits = {}): Wire {
  const transports = new Map<string, Transport>();

  function transportOf(account: SmtpAccount): Transport {
    const { host, port, secure, user, password } = account;
    const key = JSON.stringify([host, port, secure, user, password]);
    let transport = transports.get(key);
    if (transport === undefined) {
      transport = openTransport(account, limits);
      transports.set(key, transport);
    }
    return transport;
  }

  return {
    name: 'smtp',
    async send(account, message, context) {
      const departure = departureOf(context);
      try {
        if (account.wire !== 'smtp' || message.content.kind !== 'email') {
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
        const info = await transportOf(account).sendMail(mail);
        return { outcome: 'accepted', providerMessageId: info.messageId };
      } catch (error) {
        return failureOf(error, departure.isPast());
      } finally {
        departure.settle();
      }
    },
    async close() {
      for (const transport of transports.values()) transport.close();
      transports.clear();
    },
  };
}

/** The program's SMTP wire. */
export const smtpWire: Wire = createSmtpWire();

/** Each message's departure, by the headers object that nodemailer hands on untouched. */
const departures = new WeakMap<object, Departure>();

function openTransport(account: SmtpAccount, limits: SmtpLimits) {
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
    connectionTimeout: limits.connectTimeoutMs ?? 5_000,
    greetingTimeout: limits.connectTimeoutMs ?? 5_000,
    socketTimeout: limits.silenceTimeoutMs ?? 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
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
