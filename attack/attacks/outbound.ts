import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from '../attack.ts';
import { at, call, told } from '../call.ts';
import type { Target } from '../target.ts';

/** A service of the operator's own network that nobody outside may reach; counts who comes. */
interface Trap {
  port: number;
  visits: string[];
  close(): Promise<void>;
}

async function setTrap(): Promise<Trap> {
  const visits: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    visits.push(`from ${socket.remoteAddress}`);
    open.add(socket);
    socket.on('error', () => undefined);
    socket.end(
      'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
    );
  });
  server.listen(0, '::');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    visits,
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** This machine and its network in every spelling. */
function innerHosts(): string[] {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  return [
    '127.0.0.1',
    'localhost',
    'LOCALHOST.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '0.0.0.0',
    '[::]',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    'user:pass@127.0.0.1',
    ...(own ? [own] : []),
  ];
}

/** How long what was accepted may take to be called by a worker. */
const workMs = 4_000;

async function withTrap(attack: (trap: Trap, hosts: string[]) => Promise<string[]>): Promise<string[]> {
  const trap = await setTrap();
  try {
    const faults = await attack(trap, innerHosts());
    if (trap.visits.length > 0) faults.push(`an inner service was reached ${trap.visits.length} times`);
    return faults;
  } finally {
    await trap.close();
  }
}

async function webhooks({ ask }: Target): Promise<string[]> {
  return withTrap(async ({ port }, hosts) => {
    const made: unknown[] = [];
    for (const host of hosts) {
      const answer = await ask('POST', '/api/webhooks/create', {
        endpoint: `http://${host}:${port}/hook`,
        enabled: true,
        childEvents: ['smsUnSubscribe', 'smsSubscribe'],
      });
      if (answer.status === 200) made.push(at(answer, 'id'));
    }
    const user = { email: 'attack-hook@example.com', dataFields: { phoneNumber: '+12125550177' } };
    await ask('POST', '/api/users/update', user);
    await ask('POST', '/api/consent/optOut', { phone: '+12125550177', channelId: 1, source: 'attack' });
    await sleep(workMs);
    await Promise.all(made.map((id) => ask('DELETE', `/api/webhooks/${id}`)));
    return [];
  });
}

async function pictures({ ask }: Target): Promise<string[]> {
  return withTrap(async ({ port }, hosts) => {
    const senders = at(await ask('GET', '/api/senders'), 'senders');
    const list = Array.isArray(senders) ? senders : [];
    const whatsApp = list.find((sender) => sender.medium === 'whatsApp' || sender.kind === 'whatsApp');
    const types = at(await ask('GET', '/api/messageTypes'), 'messageTypes');
    const channels = at(await ask('GET', '/api/channels'), 'channels');
    const channel = (Array.isArray(channels) ? channels : []).find(
      ({ messageMedium, channelType }) => messageMedium === 'WhatsApp' && channelType === 'Marketing',
    );
    const type = (Array.isArray(types) ? types : []).find(({ channelId }) => channelId === channel?.id);
    const faults: string[] = [];
    for (const [place, host] of hosts.entries()) {
      const saved = await ask('POST', '/api/templates/whatsApp/upsert', {
        ...{ clientTemplateId: `attack-picture-${place}`, name: `Attack picture ${place}` },
        ...{ language: 'en_US', category: 'MARKETING', messageTypeId: type?.id },
        header: { kind: 'image', url: `http://${host}:${port}/cat.png` },
        body: 'Look at this.',
      });
      const templateId = at(saved, 'params', 'templateId');
      const answer = await ask('POST', '/api/templates/whatsApp/submit', {
        templateId,
        senderId: whatsApp?.id,
      });
      if (answer.status >= 500) faults.push(told(`a picture at ${host}`, answer));
    }
    return faults;
  });
}

async function accounts({ ask }: Target): Promise<string[]> {
  return withTrap(async ({ port }, hosts) => {
    const faults: string[] = [];
    for (const [place, host] of hosts.entries()) {
      const made = await ask('POST', '/api/providerAccounts', {
        ...{ name: `Attack inside ${place}`, wire: 'twilio', simulated: true },
        settings: { accountSid: `AC${String(place).padStart(32, '0')}`, baseUrl: `http://${host}:${port}` },
        secrets: { authToken: '0'.repeat(32) },
      });
      const mail = await ask('POST', '/api/providerAccounts', {
        ...{ name: `Attack mail ${place}`, wire: 'smtp', simulated: true },
        settings: { host: host.replace(/^\[|\]$|.*@/g, ''), port, secure: false },
        secrets: {},
      });
      const [account, mailAccount] = [at(made, 'id'), at(mail, 'id')];
      if (typeof account === 'number')
        await sendFrom(ask, account, 'longCode', `+1202555${String(7000 + place)}`);
      if (typeof mailAccount === 'number')
        await sendFrom(ask, mailAccount, 'email', `attack${place}@inside.example`);
    }
    await sleep(workMs);
    return faults;
  });
}

/** Sends a test by a new sender of the account, so that a worker calls where it leads. */
async function sendFrom(ask: Target['ask'], providerAccountId: number, kind: string, address: string) {
  const purpose = 'transactional';
  const sender = at(
    await ask('POST', '/api/senders', { kind, address, country: 'US', purpose, providerAccountId, mps: 10 }),
    'id',
  );
  if (typeof sender !== 'number') return;
  const email = kind === 'email';
  const channels = at(await ask('GET', '/api/channels'), 'channels');
  const channel = (Array.isArray(channels) ? channels : []).find(
    ({ messageMedium, channelType }) =>
      messageMedium === (email ? 'Email' : 'SMS') && channelType === 'Transactional',
  );
  const types = at(await ask('GET', '/api/messageTypes'), 'messageTypes');
  const type = (Array.isArray(types) ? types : []).find(({ channelId }) => channelId === channel?.id);
  const user = { userId: 'attack-inside', email: 'attack-inside@example.com' };
  await ask('POST', '/api/users/update', { ...user, dataFields: { phoneNumber: '+12125550178' } });
  const content = email
    ? { subject: 'Attack', html: '<p>Attack</p>', fromName: 'Attack', fromEmail: address }
    : { message: 'Attack' };
  const saved = await ask('POST', `/api/templates/${email ? 'email' : 'sms'}/upsert`, {
    ...{
      clientTemplateId: `attack-${address}`,
      name: `Attack ${address}`,
      messageTypeId: type?.id,
      ...content,
    },
  });
  const templateId = at(saved, 'params', 'templateId');
  await ask('POST', `/api/templates/${email ? 'email' : 'sms'}/proof`, {
    ...{ templateId, recipientUserId: user.userId, senderId: sender },
  });
}

/** The simulator answers any web address with what a person does; the way back in must not lead further. */
async function callbacks({ url }: Target): Promise<string[]> {
  return withTrap(async ({ port }) => {
    const faults: string[] = [];
    const link = `http://127.0.0.1:${port}/`;
    const query = new URLSearchParams({ url: link, u: link, next: link, redirect: link });
    for (const path of ['/l/x', '/u/x', '/m/x/y', '/auth/get-session', '/'].map(
      (each) => `${each}?${query}`,
    )) {
      const answer = await call({ method: 'GET', url: url + path });
      const to = answer.headers.location;
      if (typeof to === 'string' && to.includes(`:${port}`)) faults.push(`${path} leads on to ${to}`);
      if (answer.status >= 500) faults.push(told(path, answer));
    }
    return faults;
  });
}

/** Ways to have Carillon call services that only it can reach. */
export const outboundAttacks: Attack[] = [
  { name: 'webhooks to inner services', holds: 'nothing inside is ever called', run: webhooks },
  { name: 'pictures at inner services', holds: 'nothing inside is ever called', run: pictures },
  {
    name: '“simulated” accounts at inner services',
    holds: 'the caller’s word opens no way in',
    run: accounts,
  },
  {
    name: 'links that lead elsewhere',
    holds: 'no address of a caller’s is followed or led to',
    run: callbacks,
  },
];
