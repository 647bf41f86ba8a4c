import { once } from 'node:events';
import { pipeline, Transform } from 'node:stream';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { drawFor, judge, type Network, refuse } from '../network/network.ts';

/** The header by which Carillon knows its mail again. */
const referenceHeader = 'x-carillon-message';
const longestMail = 25_000_000;
const mostClients = 200;

/** A mail server that takes mail for everyone. */
export interface MailServer {
  port: number;
  close(): Promise<void>;
}

function smtpError(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

function headersOf(mail: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines)
    headers[key] = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim();
  return headers;
}

/** Refuses a recipient by behaviour: 450 for too many, or the three-digit reply that is drawn. */
function recipientFault(network: Network, from: string, to: string): Error | null {
  const behaviour = network.behaviours.of(from, to);
  const isReply = (code: number) => code >= 400 && code < 600;
  const verdict = judge(network, behaviour, from, drawFor(network, behaviour, 'smtp'), isReply);
  if (verdict.pass) return null;
  const code = verdict.cause === 'rate' ? 450 : verdict.cause;
  refuse(network, 'smtp', from, to, code);
  return smtpError(code, code < 500 ? 'Try again later' : 'Mailbox not available');
}

/** Puts a mail into the ledger, once for each recipient; resolves when the disk has it. */
async function takeMail(
  network: Network,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<string> {
  // What is over the limit is read, since the reply comes after it, and not kept.
  const kept = new Transform({
    transform: (chunk, _encoding, done) => done(null, stream.sizeExceeded ? undefined : chunk),
  });
  pipeline(stream, kept, () => undefined);
  const mail = await simpleParser(kept);
  if (stream.sizeExceeded) throw smtpError(552, 'Message too large');
  const headers = headersOf(mail);
  const envelopeFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
  const from = mail.from?.value[0]?.address ?? envelopeFrom;
  const id = network.newId('mail-');
  const takings = session.envelope.rcptTo.map(({ address }, place) =>
    network.ledger.append({
      wire: 'smtp',
      kind: 'outbound',
      id: place === 0 ? id : `${id}-${place}`,
      from: from.toLowerCase(),
      to: address.toLowerCase(),
      status: 'delivered',
      body: mail.text ?? '',
      subject: mail.subject ?? '',
      html: mail.html === false ? undefined : mail.html,
      headers,
      media: mail.attachments.map(({ filename, contentType }) => filename ?? contentType),
      segments: 1,
      reference: headers[referenceHeader],
    }),
  );
  await Promise.all(takings.map(({ taken }) => taken));
  return id;
}

/** Starts the mail server. A mail that is not here in full within `patienceMs` ends its connection. */
export async function startMailServer(
  network: Network,
  host: string,
  port: number,
  patienceMs: number,
): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: longestMail,
    maxClients: mostClients,
    banner: 'Carillon carrier simulator',
    onAuth: ({ username }, _session, callback) => callback(null, { user: username ?? 'anyone' }),
    onRcptTo: ({ address }, session, callback) => {
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
      callback(recipientFault(network, from.toLowerCase(), address.toLowerCase()));
    },
    onData: (stream, session, callback) => {
      const late = setTimeout(() => hangUp(session.id), patienceMs);
      stream.once('close', () => clearTimeout(late));
      takeMail(network, stream, session).then(
        (id) => callback(null, `Taken as ${id}`),
        (error: Error) => callback(error),
      );
    },
  });
  function hangUp(sessionId: string): void {
    const connections: Set<{ session: SMTPServerSession; send(code: number, text: string): void }> =
      server.connections;
    for (const connection of connections)
      if (connection.session.id === sessionId) connection.send(421, 'The mail took too long');
  }

  server.on('error', (error) => network.log.warn({ err: error }, 'mail connection'));
  server.listen(port, host);
  await once(server.server, 'listening');
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
