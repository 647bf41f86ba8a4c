import { randomUUID } from 'node:crypto';
import { type Attack, NotTried } from '../attack.ts';
import { type Answer, at, call, refused, told } from '../call.ts';
import { startBehindProxy, type Target } from '../target.ts';

/** Tries to sign in from as many addresses as it says; the statuses that were answered. */
function guess(url: string, times: number, from: (place: number) => string): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: times }, (_, place) =>
      call({
        method: 'POST',
        url: `${url}/auth/sign-in/email`,
        headers: { origin: url, 'x-forwarded-for': from(place), forwarded: `for=${from(place)}` },
        json: { email: 'nobody@example.com', password: 'a wrong one of 17' },
      }),
    ),
  );
}

async function otherAddresses({ url }: Target): Promise<string[]> {
  const answers = await guess(url, 60, (place) => `203.0.113.${place + 1}`);
  return answers.some(({ status }) => status === 429)
    ? []
    : ['60 guesses at a password under 60 addresses of one’s own choosing were all looked at'];
}

/** The second process of each target, which takes a proxy's word. */
const behindProxy = new Map<Target, { url: string; stop(): Promise<void> }>();

async function startSecond(target: Target): Promise<void> {
  const program = await startBehindProxy(target);
  if (program) behindProxy.set(target, program);
}

async function sharedBucket(target: Target): Promise<string[]> {
  const program = behindProxy.get(target);
  if (!program) throw new NotTried('a Carillon that runs already is not started anew with TRUST_PROXY');
  try {
    await guess(program.url, 60, () => '203.0.113.200');
    const [other] = await guess(program.url, 1, () => '203.0.113.201');
    return other?.status === 429 ? ['one address behind the proxy shuts out all others'] : [];
  } finally {
    await program.stop();
  }
}

const ownNames = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];

/** Every word that a caller gives, in every query and path of the document, as one of the language's own names. */
async function bareObjects({ ask }: Target): Promise<string[]> {
  const paths = at(await ask('GET', '/api/docs/json'), 'paths') as
    | Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>
    | undefined;
  const faults: string[] = [];
  const asked: Promise<void>[] = [];
  const send = async (method: string, path: string) => {
    const answer = await ask(method.toUpperCase(), path, method === 'get' ? undefined : {});
    if (answer.status >= 500 || answer.stalled) faults.push(told(`${method} ${path}`, answer));
  };
  for (const [path, operations] of Object.entries(paths ?? {}))
    for (const [method, { parameters = [] }] of Object.entries(operations))
      for (const word of ownNames) {
        const filled = path.replaceAll(/\{\w+\}/g, word);
        if (filled !== path) asked.push(send(method, filled));
        for (const { name } of parameters.filter((each) => each.in === 'query'))
          asked.push(send(method, `${filled}?${name}=${word}`));
        // Few at once: it tries words, and how many calls at once others can bear is no part of it.
        if (asked.length >= 8) await Promise.all(asked.splice(0));
      }
  await Promise.all(asked);
  return paths ? faults : ['there is no document at /api/docs/json'];
}

async function metrics({ url }: Target): Promise<string[]> {
  const faults: string[] = [];
  const proxied = {
    'x-forwarded-for': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
    'x-real-ip': '203.0.113.9',
  };
  for (const [name, value] of Object.entries(proxied)) {
    const headers = { [name]: value };
    const answer = await call({ method: 'GET', url: `${url}/metrics`, headers });
    if (!refused(answer)) faults.push(told(`/metrics with ${JSON.stringify(headers)}`, answer));
  }
  return faults;
}

async function headers({ url }: Target): Promise<string[]> {
  const faults: string[] = [];
  for (const path of [
    '/',
    '/api/docs',
    '/api/docs/',
    '/api/docs/json',
    '/auth/state',
    '/nowhere',
    '/l/x',
    '/u/x',
    '/healthz',
  ]) {
    const { headers: found, status } = await call({ method: 'GET', url: url + path });
    const policy = String(found['content-security-policy'] ?? '');
    const lacking = [
      ...(found['x-content-type-options'] === 'nosniff' ? [] : ['X-Content-Type-Options: nosniff']),
      ...(/frame-ancestors ('none'|'self')/.test(policy) || found['x-frame-options']
        ? []
        : ['frame-ancestors']),
      ...(/(default|script)-src/.test(policy) && !/script-src[^;]*'unsafe-(inline|eval)'/.test(policy)
        ? []
        : ['a policy for scripts']),
      ...(found['referrer-policy'] ? [] : ['Referrer-Policy']),
    ];
    if (status < 300 || status >= 400)
      if (lacking.length > 0) faults.push(`${path} (${status}) lacks ${lacking.join(', ')}`);
  }
  return faults;
}

const password = () => `a pass phrase ${randomUUID()}`;

/** An account of the project's, made by somebody who is signed in or as its first. */
async function makeAccount(target: Target): Promise<{ email: string; password: string } | null> {
  const account = { email: `attack-${randomUUID()}@example.com`, password: password() };
  const { url, key } = target;
  const first = { ...account, name: 'Attack', key };
  const made = await call({
    method: 'POST',
    url: `${url}/auth/first-account`,
    headers: { origin: url },
    json: first,
  });
  if (made.status === 200) {
    known.set(url, account);
    return account;
  }
  return known.get(url) ?? null;
}
/** The first account of each target, of which there is one only. */
const known = new Map<string, { email: string; password: string }>();

async function signIn(url: string, account: { email: string; password: string }) {
  const json = { email: account.email, password: account.password };
  let answer = await call({
    method: 'POST',
    url: `${url}/auth/sign-in/email`,
    headers: { origin: url },
    json,
  });
  // Earlier guesses may have used up this minute.
  for (let tries = 0; answer.status === 429 && tries < 8; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    answer = await call({ method: 'POST', url: `${url}/auth/sign-in/email`, headers: { origin: url }, json });
  }
  const cookie = (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
  return { answer, cookie };
}

async function withAccount(
  target: Target,
  attack: (account: { email: string; password: string }) => Promise<string[]>,
): Promise<string[]> {
  const account = await makeAccount(target);
  if (!account) throw new NotTried('the project has its first account already');
  return attack(account);
}

const sessionToken = ({ url }: Target, account: { email: string; password: string }) =>
  signIn(url, account).then(async ({ answer, cookie }) => {
    const token = decodeURIComponent(/session_token=([^;.]+)/.exec(cookie)?.[1] ?? '');
    const session = await call({ method: 'GET', url: `${url}/auth/get-session`, headers: { cookie } });
    if (token === '') return [told('no session', answer)];
    const holder = [answer, session].filter(({ text }) => text.includes(token));
    return holder.map((each) => told('an answer’s body holds the session’s token', each));
  });

async function wrongOrigin({ url }: Target, account: { email: string; password: string }): Promise<string[]> {
  const { cookie, answer } = await signIn(url, account);
  if (cookie === '') return [told('no session', answer)];
  const { host, hostname } = new URL(url);
  const faults: string[] = [];
  for (const origin of [
    `https://${host}`,
    `https://${hostname}`,
    'https://evil.example',
    'null',
    `${url}.evil.example`,
    `http://evil.example@${host}.evil.example`,
  ]) {
    const answer = await call({
      ...{ method: 'POST', url: `${url}/api/lists` },
      headers: { cookie, origin },
      json: { name: `Attack ${origin}` },
    });
    if (!refused(answer)) faults.push(told(`a change by a page of ${origin}`, answer));
  }
  const forged = await call({
    ...{ method: 'POST', url: `${url}/api/lists` },
    headers: { cookie, 'content-type': 'text/plain' },
    body: '{"name":"Attack"}',
  });
  if (!refused(forged)) faults.push(told('a change by a form without Origin', forged));
  return faults;
}

async function oldSessions({ url }: Target, account: { email: string; password: string }): Promise<string[]> {
  const [mine, stolen] = [await signIn(url, account), await signIn(url, account)];
  if (mine.cookie === '' || stolen.cookie === '') return [told('no session', stolen.answer)];
  const next = password();
  const changed = await call({
    ...{ method: 'POST', url: `${url}/auth/change-password` },
    headers: { cookie: mine.cookie, origin: url },
    json: { currentPassword: account.password, newPassword: next },
  });
  if (changed.status !== 200) return [told('the password was not changed', changed)];
  account.password = next;
  const still = await call({ method: 'GET', url: `${url}/api/project`, headers: { cookie: stolen.cookie } });
  return still.status === 401 ? [] : [told('a session from before the change', still)];
}

/** Faults of the front door: limits, headers, sessions, words of the language. */
export const doorAttacks: Attack[] = [
  {
    name: 'guesses from addresses of one’s own choosing',
    holds: 'X-Forwarded-For of a stranger opens no new limit',
    run: otherAddresses,
  },
  {
    name: 'one address behind a proxy',
    holds: 'with TRUST_PROXY each address has a limit of its own',
    prepare: startSecond,
    run: sharedBucket,
  },
  { name: 'the language’s own names as values', holds: 'never a fault of ours', run: bareObjects },
  { name: 'figures read from elsewhere', holds: '/metrics is not open', run: metrics },
  { name: 'answers framed, sniffed, scripted', holds: 'every answer has its headers', run: headers },
  {
    name: 'a session’s token in a body',
    holds: 'it is in the cookie alone',
    run: (target) => withAccount(target, (account) => sessionToken(target, account)),
  },
  {
    name: 'changes by other pages',
    holds: 'Origin is compared with its scheme',
    run: (target) => withAccount(target, (account) => wrongOrigin(target, account)),
  },
  {
    name: 'a stolen session after a change of password',
    holds: 'it has ended',
    run: (target) => withAccount(target, (account) => oldSessions(target, account)),
  },
];
