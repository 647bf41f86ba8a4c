import { strict as assert } from 'node:assert';
import type { Example, Operation, Operations } from '../http/operations.ts';
import { handsets, ours } from './people.ts';
import type { TestProgram } from './program.ts';

/** What the examples' people are called, beside those that examples make. */
const people = [
  { userId: 'ada', email: 'ada@example.com', dataFields: { firstName: 'Ada', phoneNumber: '+14155550141' } },
  {
    userId: 'grace',
    email: 'grace@example.com',
    dataFields: { firstName: 'Grace', phoneNumber: '+12125550142' },
  },
  { userId: 'hannah', dataFields: { firstName: 'Hannah', phoneNumber: '+12125550143' } },
  // Meta lets no marketing go to numbers of the United States.
  { userId: 'elsie', dataFields: { firstName: 'Elsie', phoneNumber: '+447700900144' } },
  { email: 'alan@example.com', dataFields: { firstName: 'Alan' } },
  { email: 'kurt@example.com', dataFields: { firstName: 'Kurt' } },
  { userId: 'emmy', dataFields: { firstName: 'Emmy' } },
  { userId: 'emmeline', dataFields: { firstName: 'Emmeline' } },
];

/** A name that stands for what an earlier example learnt. */
const name = /^\{(\w+)\}$/;

/**
 * Makes every example in a program that has just started, in order, and answers each as it was made with what the
 * program answered. @throws when one is not answered with a 2xx, or names what none has learnt.
 */
export async function makeExamples(
  program: TestProgram,
  operations: Operations,
): Promise<Map<string, Example>> {
  const learnt = new Map<string, unknown>([
    ['key', program.key],
    ['simulatorUrl', program.simulatorUrl],
  ]);
  await setTheStage(program, learnt);
  const made = new Map<string, Example>();
  for (const [route, operation] of Object.entries(operations)) {
    if (operation.given) await happenings[operation.given](program, learnt);
    const example = await makeExample(program, route, operation, learnt);
    for (const [key, path] of Object.entries(operation.learns ?? {})) {
      const value = at(example.answer, path);
      assert.notEqual(
        value,
        undefined,
        `${route}: its answer has no ${path}: ${JSON.stringify(example.answer)}`,
      );
      learnt.set(key, value);
    }
    made.set(route, example);
  }
  return made;
}

/** A list of people who agreed to everything, templates, and campaigns of each kind, as a firm has them. */
async function setTheStage({ call, until }: TestProgram, learnt: Map<string, unknown>): Promise<void> {
  await call('POST', '/api/users/bulkUpdate', { users: people });
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Everybody' });
  const subscribers = ['ada', 'grace', 'hannah', 'elsie'].map((userId) => ({ userId }));
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  const { messageTypes } = await call<{ messageTypes: { id: number }[] }>('GET', '/api/messageTypes');
  await call('POST', '/api/consent', {
    consents: messageTypes.flatMap(({ id: messageTypeId }) =>
      subscribers.map((user) => ({
        ...user,
        ...{ messageTypeId, method: 'webForm', source: 'https://harbor.example/join' },
        happenedAt: '2026-11-01T12:00:00Z',
      })),
    ),
  });
  const template = async (path: string, body: object) => {
    const { params } = await call<{ params: { templateId: number } }>(
      'POST',
      `/api/templates/${path}/upsert`,
      body,
    );
    return params.templateId;
  };
  const campaign = async (templateId: number, more: object) => {
    const body = { name: 'Another', templateId, scheduleSend: false, ...more };
    return (await call<{ campaignId: number }>('POST', '/api/campaigns/create', body)).campaignId;
  };
  const code = await template('sms', {
    ...{ clientTemplateId: 'code', name: 'Code', messageTypeId: 2 },
    message: 'Harbor Coffee: your code is {{defaultIfEmpty code "0000"}}',
  });
  const news = await template('sms', {
    ...{ clientTemplateId: 'news', name: 'News', messageTypeId: 1, message: 'Harbor Coffee: there is news' },
  });
  const mail = await template('email', {
    ...{ clientTemplateId: 'receipt', name: 'Receipt', messageTypeId: 6 },
    ...{ fromName: 'Harbor Coffee', fromEmail: 'account@carillon.example' },
    ...{ subject: 'Your receipt', html: '<p>Thank you.</p>' },
  });
  const note = await template('whatsApp', {
    ...{ clientTemplateId: 'ready', name: 'Ready', messageTypeId: 4, language: 'en_US' },
    ...{ category: 'UTILITY', body: 'Your order is ready.' },
  });
  const triggered = async (templateId: number) => {
    const campaignId = await campaign(templateId, {});
    await call('POST', '/api/campaigns/activateTriggered', { campaignId });
    return campaignId;
  };
  learnt.set('listOfAllId', listId);
  learnt.set('triggeredId', await campaign(code, {}));
  learnt.set('spareTriggeredId', await triggered(code));
  learnt.set('emailCampaignId', await triggered(mail));
  // Spread over two days, so that it is under way for as long as examples are made.
  const second = await campaign(news, { listIds: [listId], spreadHours: 48 });
  await call('POST', `/api/campaigns/${second}/send`, {});
  learnt.set('secondId', second);
  await until('Meta to approve the template', async () => {
    const submission = { templateId: note, senderId: 6 };
    const { status } = await call('POST', '/api/templates/whatsApp/submit', submission);
    return status === 'APPROVED' ? status : null;
  });
  learnt.set('approvedTemplateId', note);
  learnt.set('whatsAppCampaignId', await triggered(note));
}

/** What happens between examples. */
const happenings: Readonly<
  Record<
    NonNullable<Operation['given']>,
    (program: TestProgram, learnt: Map<string, unknown>) => Promise<void>
  >
> = {
  anUnclearReply: async (program) => {
    await handsets(program).writes('+14155550141', ours.promotional, 'maybe take me off');
    await program.until('the reply to wait for a decision', async () => {
      const { replies } = await program.call<{ replies: unknown[] }>('GET', '/api/consent/unclear');
      return replies.length > 0 ? replies : null;
    });
  },
  aThreadIsOpen: async (program, learnt) => {
    // Of somebody to whom nothing else happens meanwhile, with a file of theirs.
    const form = new FormData();
    form.set('file', new Blob(['BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n']), 'ada.vcf');
    const kept = await fetch(`${program.url}/api/media`, {
      ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: form },
    });
    const { url } = (await kept.json()) as { url: string };
    const card = program.url + new URL(url).pathname;
    const words = 'What are your hours on Sunday?';
    await handsets(program).writes('+14155550177', ours.transactional, words, { media: [card] });
    const fileId = await program.until('the thread to open and the file to be fetched', async () => {
      const ofTheirs = '/api/inbox/threads?state=open&query=%2B14155550177';
      const { threads } = await program.call<{ threads: { id: string }[] }>('GET', ofTheirs);
      if (!threads[0]) return null;
      const { entries } = await program.call<{
        entries: { details: { files?: { id: string; state: string }[] } }[];
      }>('GET', `/api/inbox/threads/${threads[0].id}`);
      return (
        entries.flatMap(({ details }) => details.files ?? []).find(({ state }) => state === 'kept')?.id ??
        null
      );
    });
    learnt.set('fileId', fileId);
  },
  theCampaignHasEnded: async (program, learnt) => {
    await program.until('the campaign to end', async () => {
      const { state } = await program.call('GET', `/api/campaigns/${learnt.get('campaignId')}/live`);
      return state === 'Finished' ? state : null;
    });
  },
  theRehearsalIsDone: async (program, learnt) => {
    await program.until('the rehearsal to end', async () => {
      const path = `/api/journeys/${learnt.get('journeyId')}/rehearsals/${learnt.get('rehearsalId')}`;
      const { state } = await program.call('GET', path);
      return state === 'done' ? state : null;
    });
  },
  anEmailHasLeft: async (program, learnt) => {
    const target = { campaignId: learnt.get('emailCampaignId'), recipientUserId: 'grace' };
    const { params } = await program.call<{ params: { messageId: string } }>(
      'POST',
      '/api/email/target',
      target,
    );
    await program.until('the email to leave', async () => {
      const { status } = await program.call('GET', `/api/messages/${params.messageId}`);
      return status === 'sent' || status === 'delivered' ? status : null;
    });
    learnt.set('leftEmailId', params.messageId);
  },
  // A real one follows fifty codes that nobody checked.
  aBlockStands: async (program, learnt) => {
    const at = program.clock.now();
    const { id } = await program.database.db
      .insertInto('verification_block')
      .values({
        ...{ project_id: 1, profile_id: Number(learnt.get('verificationProfileId')) },
        ...{ kind: 'prefix', key: '+1415555', sent: 50, verified: 2, since: at },
        ...{ until: new Date(at.getTime() + 86_400_000), lifted_at: null, lifted_by: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    learnt.set('blockId', id);
  },
  aCodeCameToTheNumber: async (program, learnt) => {
    const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
      'GET',
      '/api/senders',
    );
    const number = senders.find(({ id }) => id === 6)?.address ?? '';
    const { messages } = await program.simulator<{ messages: { body: string }[] }>(
      'GET',
      `/handsets/${encodeURIComponent(number)}/messages`,
    );
    learnt.set('numberCode', /\d{6}/.exec(messages.at(-1)?.body ?? '')?.[0]);
  },
  metaPausesTheTemplate: async (program, learnt) => {
    const at = `/api/templates/whatsApp/get?templateId=${learnt.get('approvedTemplateId')}`;
    const { providerName } = await program.call<{ providerName: string }>('GET', at);
    const { providerAccounts } = await program.call<{
      providerAccounts: { id: number; settings: { businessAccountId?: string } }[];
    }>('GET', '/api/providerAccounts');
    const waba = providerAccounts.find(({ id }) => id === 2)?.settings.businessAccountId;
    await program.simulator('PUT', `/businesses/${waba}/templates/${providerName}`, { status: 'PAUSED' });
    await program.until('the pause to be told', async () => {
      const { status } = await program.call<{ status: string | null }>('GET', at);
      return status === 'PAUSED' ? status : null;
    });
  },
  metaTellsOfTheFlow: async (program, learnt) => {
    const at = `/api/whatsApp/flows/${learnt.get('whatsAppFlowId')}/notices`;
    await program.until('the change of status to be told', async () => {
      const { notices } = await program.call<{ notices: unknown[] }>('GET', at);
      return notices.length > 0 ? true : null;
    });
  },
  theImportIsDone: async (program, learnt) => {
    await program.until('the import to end', async () => {
      const { state } = await program.call('GET', `/api/import/${learnt.get('importId')}`);
      return state === 'done' ? state : null;
    });
  },
  theImportIsUndone: async (program, learnt) => {
    await program.until('the import to be undone', async () => {
      const { state } = await program.call('GET', `/api/import/${learnt.get('importId')}`);
      return state === 'undone' ? state : null;
    });
  },
  // One that no worker has got to yet: a real one is done before a call could cancel it.
  anExportWaits: async (program, learnt) => {
    const waiting = { data_type_name: 'user', output_format: 'text/csv' as const, options: '{}' };
    const { id } = await program.database.db
      .insertInto('export_job')
      .values({ project_id: 1, ...waiting, state: 'enqueued', created_at: program.clock.now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    learnt.set('waitingJobId', id);
  },
  theExportIsDone: async (program, learnt) => {
    await program.until('the export to end', async () => {
      const { jobState } = await program.call('GET', `/api/export/${learnt.get('jobId')}/files`);
      return jobState === 'completed' ? jobState : null;
    });
  },
};

async function makeExample(
  program: TestProgram,
  route: string,
  operation: Operation,
  learnt: Map<string, unknown>,
): Promise<Example> {
  const [method = '', pattern = ''] = route.split(' ');
  const { params, query, body, form } = filledIn(operation, learnt) as Operation;
  const path = pattern.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params?.[key])));
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map((each): [string, string] => [key, String(each)]),
    ),
  );
  const headers = new Headers();
  if (path.startsWith('/auth/')) {
    headers.set('origin', program.url);
    headers.set('cookie', String(learnt.get('session') ?? ''));
  } else headers.set('Api-Key', program.key);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const answer = await fetch(`${program.url}${path}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    headers,
    body: form ? formData(form) : body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${route} answered ${answer.status}: ${text}`);
  if (route === 'POST /auth/first-account') await signIn(program, body as SignIn, learnt);
  if (route === 'POST /auth/accounts') await learnAccount(program, body as SignIn, learnt);
  const sent = form ? { body: { file: form.file.name, options: JSON.stringify(form.options) } } : { body };
  return {
    ...(params ? { params } : {}),
    ...(query ? { query } : {}),
    ...(sent.body === undefined ? {} : sent),
    answer: parsed(text),
  };
}

function formData({ file, options }: NonNullable<Operation['form']>): FormData {
  const form = new FormData();
  if (options) form.set('options', JSON.stringify(options));
  form.set('file', new File([file.content], file.name, { type: file.type }));
  return form;
}

interface SignIn {
  email: string;
  password: string;
}

/** Signs in with an account, as the calls of the console need it. */
async function signIn(
  { url }: TestProgram,
  { email, password }: SignIn,
  learnt: Map<string, unknown>,
): Promise<void> {
  const answer = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  learnt.set('session', cookies.join('; '));
}

/** The id of an account, which its making does not answer. */
async function learnAccount(
  { url }: TestProgram,
  { email }: SignIn,
  learnt: Map<string, unknown>,
): Promise<void> {
  const headers = { origin: url, cookie: String(learnt.get('session')) };
  const answer = await fetch(`${url}/auth/accounts`, { headers });
  const { accounts } = (await answer.json()) as { accounts: { id: string; email: string }[] };
  learnt.set('accountId', accounts.find((account) => account.email === email)?.id);
}

/** A value with each name in it replaced by what was learnt. */
function filledIn(value: unknown, learnt: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    const key = name.exec(value)?.[1];
    if (key === undefined) return value;
    assert.ok(learnt.has(key), `no example before has learnt {${key}}`);
    return learnt.get(key);
  }
  if (Array.isArray(value)) return value.map((each) => filledIn(each, learnt));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, learnt)]));
}

/** What stands at a path as `messages.0.id` in an answer. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined,
      value,
    );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
