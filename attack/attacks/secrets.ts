import { type Attack, NotTried } from '../attack.ts';
import { at, refused, told } from '../call.ts';
import type { Target } from '../target.ts';

const thief = 'https://thief.example';
const secret = 'a-secret-that-must-stay-here-0001';

const accounts = [
  {
    wire: 'twilio',
    settings: { accountSid: `AC${'7'.repeat(32)}`, baseUrl: 'https://api.twilio.com' },
    secrets: { authToken: secret },
    moved: [
      { baseUrl: thief },
      { baseUrl: 'https://api.twilio.com.thief.example' },
      { baseUrl: 'http://api.twilio.com' },
    ],
  },
  {
    wire: 'meta',
    settings: { baseUrl: 'https://graph.facebook.com', version: 'v23.0', businessAccountId: '177' },
    secrets: { accessToken: secret, appSecret: secret, verifyToken: secret },
    moved: [{ baseUrl: thief }, { baseUrl: 'https://graph.facebook.com:8443' }],
  },
  {
    wire: 'smtp',
    settings: { host: 'mail.shop.example', port: 465, secure: true, user: 'shop' },
    secrets: { password: secret },
    moved: [{ host: 'mail.thief.example' }, { port: 25 }, { secure: false }],
  },
];

async function moveAccounts({ ask }: Target): Promise<string[]> {
  const faults: string[] = [];
  for (const { wire, settings, secrets, moved } of accounts) {
    const name = `Attacked ${wire} ${Date.now()}`;
    const made = await ask('POST', '/api/providerAccounts', { name, wire, settings, secrets });
    const id = at(made, 'id');
    if (typeof id !== 'number') {
      faults.push(told(`no ${wire} account to attack`, made));
      continue;
    }
    for (const change of moved) {
      const answer = await ask('PATCH', `/api/providerAccounts/${id}`, { settings: change });
      if (!refused(answer)) faults.push(told(`${wire} moved to ${JSON.stringify(change)}`, answer));
      if (answer.text.includes(secret)) faults.push(`the answer for ${wire} holds the secret`);
    }
    const listed = await ask('GET', '/api/providerAccounts');
    if (listed.text.includes('thief')) faults.push(`the ${wire} account leads to the thief now`);
    if (listed.text.includes(secret)) faults.push(`the list shows the secret of ${wire}`);
  }
  return faults;
}

async function moveWebhook({ ask }: Target): Promise<string[]> {
  const made = await ask('POST', '/api/webhooks/create', {
    endpoint: 'https://hooks.shop.example/carillon',
    enabled: false,
    childEvents: ['smsSend'],
    headers: [{ key: 'X-Shop-Key', value: secret }],
  });
  const id = at(made, 'id');
  const moved = await ask('POST', '/api/webhooks', { id, endpoint: `${thief}/hook` });
  await ask('DELETE', `/api/webhooks/${id}`);
  if (made.status !== 200) return [told('no webhook to attack', made)];
  return refused(moved) ? [] : [told('a webhook with its header moved to the thief', moved)];
}

/** A read-only key of the project; revoked by whoever is done with it. */
async function readOnlyKey({ ask }: Target): Promise<{ id: unknown; key: string }> {
  const made = await ask('POST', '/api/keys', { name: 'attack', kind: 'readOnly' });
  return { id: at(made, 'id'), key: String(at(made, 'key')) };
}

async function readHeaders(target: Target): Promise<string[]> {
  const { ask } = target;
  const made = await ask('POST', '/api/webhooks/create', {
    endpoint: 'https://hooks.shop.example/carillon',
    enabled: false,
    childEvents: ['smsSend'],
    headers: [{ key: 'X-Attacked', value: secret }],
  });
  const reader = await readOnlyKey(target);
  const seen = await ask('GET', '/api/webhooks', undefined, { 'api-key': reader.key });
  const faults = seen.text.includes(secret) ? ['a read-only key is shown the header’s value'] : [];
  if (made.status !== 200 || seen.status !== 200) faults.push(told('webhooks', seen));
  await ask('DELETE', `/api/keys/${reader.id}`);
  return faults;
}

/** Looks for a secret in every row of every table. */
async function readDatabase({ ask, databaseUrl }: Target): Promise<string[]> {
  if (databaseUrl === null)
    throw new NotTried('the database of a Carillon that runs already is not looked into');
  await ask('POST', '/api/webhooks/create', {
    endpoint: 'https://hooks.shop.example/at-rest',
    enabled: false,
    childEvents: ['smsSend'],
    headers: [{ key: 'X-Attacked', value: secret }],
  });
  const { default: pg } = await import('pg');
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    const faults: string[] = [];
    for (const { name } of rows as { name: string }[]) {
      const found = await client.query(`SELECT 1 FROM ${name} AS whole WHERE whole::text LIKE $1 LIMIT 1`, [
        `%${secret}%`,
      ]);
      if (found.rowCount) faults.push(`the table ${name} holds the secret as it is`);
    }
    return faults;
  } finally {
    await client.end();
  }
}

async function readAccounts(target: Target): Promise<string[]> {
  const reader = await readOnlyKey(target);
  const change = { name: 'x' };
  const answers = await Promise.all([
    target.ask('POST', '/api/keys', { name: 'more', kind: 'server' }, { 'api-key': reader.key }),
    target.ask('PATCH', '/api/project', change, { 'api-key': reader.key }),
    target.ask('POST', '/api/webhooks/create', {}, { 'api-key': reader.key }),
  ]);
  const listed = await target.ask('GET', '/api/providerAccounts', undefined, { 'api-key': reader.key });
  await target.ask('DELETE', `/api/keys/${reader.id}`);
  return [
    ...answers
      .filter(({ status }) => status !== 403 && status !== 401)
      .map((answer) => told('a change', answer)),
    ...(/"(authToken|accessToken|appSecret|password)":"/.test(listed.text) ? ['secrets are shown'] : []),
  ];
}

/** Ways to draw out what is kept sealed. */
export const secretAttacks: Attack[] = [
  {
    name: 'a provider account is moved',
    holds: 'its stored secrets are asked for again, and never shown',
    run: moveAccounts,
  },
  { name: 'a webhook is moved', holds: 'its headers are asked for again', run: moveWebhook },
  {
    name: 'a read-only key reads webhooks’ headers',
    holds: 'it sees their names, not their values',
    run: readHeaders,
  },
  { name: 'a read-only key changes things', holds: 'it changes nothing', run: readAccounts },
  { name: 'a copy of the database is read', holds: 'no secret stands in it unsealed', run: readDatabase },
];
