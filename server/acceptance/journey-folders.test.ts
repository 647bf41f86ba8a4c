import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { journeysCommand } from '../program/journeys-command.ts';
import { projectCommand } from '../program/project-command.ts';
import { typesByChannel } from '../testing/people.ts';
import { exchange, startTestProgram, type TestProgram } from '../testing/program.ts';

type Project = Pick<TestProgram, 'call'>;

let program: TestProgram;
let other: Project;
let keys: { first: string; second: string };
const folders: string[] = [];
before(async () => {
  program = await startTestProgram();
  const { text } = await projectCommand(
    { ...program.settings, simulatorUrl: program.simulatorUrl },
    ['create', 'Second'],
    program.clock,
  );
  const [second = ''] = /[0-9a-f]{64}/.exec(text) ?? [];
  keys = { first: program.key, second };
  other = {
    call: (method, path, body) => exchange(method, program.url + path, { 'Api-Key': second }, body),
  };
});
after(async () => {
  await program.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function folderWith(files: Record<string, unknown> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-folder-'));
  folders.push(folder);
  for (const [name, file] of Object.entries(files))
    await writeFile(join(folder, name), typeof file === 'string' ? file : JSON.stringify(file));
  return folder;
}

const command = (project: keyof typeof keys, ...args: string[]) =>
  journeysCommand({ publicUrl: program.url, apiKey: keys[project] }, args);

const typeOf = async (project: Project, called: string): Promise<number> =>
  (await typesByChannel(project as TestProgram)).get(called)!.messageTypeId;

async function template(project: Project, medium: 'sms' | 'whatsApp', name: string): Promise<number> {
  const content =
    medium === 'sms'
      ? { message: 'Still there' }
      : { language: 'en', category: 'MARKETING', body: 'Still there' };
  const { params } = await project.call<{ params: { templateId: number } }>(
    'POST',
    `/api/templates/${medium}/upsert`,
    {
      ...{ clientTemplateId: `${medium} ${name}`, name, ...content },
      messageTypeId: await typeOf(project, medium === 'sms' ? 'SMS Marketing' : 'WhatsApp Marketing'),
    },
  );
  return params.templateId;
}

async function draft(project: Project, name: string, document: unknown): Promise<number> {
  return (await project.call<{ id: number }>('POST', '/api/journeys', { name, document })).id;
}

async function archiveAll(project: Project): Promise<void> {
  const { journeys } = await project.call<{
    journeys: { id: number; journeyType: string; enabled: boolean }[];
  }>('GET', '/api/journeys?pageSize=50');
  for (const { id } of journeys) {
    const { state } = await project.call<{ state: string }>('GET', `/api/journeys/${id}`);
    if (state !== 'draft') await project.call('POST', `/api/journeys/${id}/stop`);
    await project.call('POST', `/api/journeys/${id}/archive`);
  }
}

const called = { on: { api: {} } };

test('what shares its name with others is named with what tells it apart, and goes to another project by it', async () => {
  const { listId: older } = await program.call<{ listId: number }>('POST', '/api/lists', {
    name: 'Regulars',
  });
  await program.call('POST', '/api/lists', { name: 'Regulars' });
  await template(program, 'sms', 'Autumn');
  const byWhatsApp = await template(program, 'whatsApp', 'Autumn');
  const messageTypeId = await typeOf(program, 'WhatsApp Marketing');
  const id = await draft(program, 'Alike', {
    entry: called,
    start: 'reached',
    tiles: {
      reached: {
        kind: 'channelSplit',
        branches: [{ name: 'yes', messageTypeId, next: 'text' }],
        otherwise: 'on',
      },
      text: { kind: 'send', templateId: byWhatsApp, next: 'end' },
      on: { kind: 'list', what: 'add', listId: older, next: 'end' },
    },
  });
  const published = await program.call<{ warnings: { field: string; warning: string }[] }>(
    'POST',
    `/api/journeys/${id}/publish`,
    {},
  );
  assert.deepEqual(
    published.warnings.map(({ field }) => field),
    ['document.tiles.text.templateId'],
  );
  assert.match(published.warnings[0]!.warning, /“Autumn”, which was never submitted to Meta/);

  const folder = await folderWith();
  assert.ok((await command('first', 'pull', folder)).ok);
  const file = JSON.parse(await readFile(join(folder, 'alike.json'), 'utf8'));
  assert.deepEqual(file.names, {
    [`messageType:${messageTypeId}`]: 'Marketing (WhatsApp Marketing)',
    [`template:${byWhatsApp}`]: 'Autumn (WhatsApp Marketing)',
    [`list:${older}`]: `Regulars (${older})`,
  });
  const planned = await command('first', 'plan', folder);
  assert.match(planned.text, /warning: document\.tiles\.text\.templateId names the template “Autumn”/);
  assert.match(planned.text, /Nothing is to be done/);

  // What is not there, and what several are called, is told with what may be meant.
  const types = `messageType:${messageTypeId}`;
  const unsaid = await folderWith({ 'a.json': { ...file, names: { ...file.names, [types]: 'Marketing' } } });
  const refused = await command('second', 'check', unsaid);
  assert.equal(refused.ok, false);
  assert.match(
    refused.text,
    / {4}document\.tiles\.reached\.branches\.0\.messageTypeId means the message type “Marketing”, of which there are 3 here; write into names which is meant: .*“Marketing \(WhatsApp Marketing\)”/,
  );
  assert.match(refused.text, /^! .*\/a\.json: Alike\n/);
  assert.match(refused.text, /means the template “Autumn \(WhatsApp Marketing\)”, which is not here/);

  const { listId } = await other.call<{ listId: number }>('POST', '/api/lists', { name: 'Regulars' });
  await template(other, 'whatsApp', 'Autumn');
  const there = { ...file, names: { ...file.names, [`list:${older}`]: 'Regulars' } };
  const applied = await command('second', 'apply', await folderWith({ 'a.json': there }));
  assert.ok(applied.ok, applied.text);
  const [made] = (await other.call<{ journeys: { id: number }[] }>('GET', '/api/journeys')).journeys;
  const { document } = await other.call<{
    document: { tiles: Record<string, { listId?: number; branches?: object[] }> };
  }>('GET', `/api/journeys/${made!.id}/file`);
  assert.equal(document.tiles.on?.listId, listId);
  assert.deepEqual(document.tiles.reached?.branches, [
    { name: 'yes', messageTypeId: await typeOf(other, 'WhatsApp Marketing'), next: 'text' },
  ]);
  for (const project of [program, other]) await archiveAll(project);
});

test('a pull that nothing has changed since is planned as nothing, drafts and half-done ones among them', async () => {
  const wait = { kind: 'wait', for: { hours: 1 }, next: 'end' };
  const templateId = await template(program, 'sms', 'Winter');
  const running = await draft(program, 'Running', { entry: called, start: 'a', tiles: { a: wait } });
  await program.call('POST', `/api/journeys/${running}/publish`, {});
  await program.call('PATCH', `/api/journeys/${running}`, {
    document: { entry: called, start: 'b', tiles: { b: wait } },
  });
  await draft(program, 'Drawn', {
    entry: called,
    start: 'text',
    tiles: { text: { kind: 'send', templateId, next: 'end' } },
  });
  await draft(program, 'Half done', {
    entry: {},
    tiles: { text: { kind: 'send', templateId: 0, next: 'nowhere' }, odd: { kind: 'sends' } },
  });
  const folder = await folderWith();
  assert.ok((await command('first', 'pull', folder)).ok);
  const planned = await command('first', 'plan', folder);
  assert.ok(planned.ok, planned.text);
  assert.match(planned.text, /= Drawn \(draft\)\n/);
  assert.match(planned.text, /= Half done \(draft, with \d faults\)\n/);
  assert.match(planned.text, /= Running\n {4}what is drawn of it in the console stays there\n/);
  assert.match(planned.text, /Nothing is to be done\n$/);
  assert.match((await command('first', 'apply', folder)).text, /Nothing is to be done\n$/);
  const still = await program.call<{ draft: { start: string }; version: number }>(
    'GET',
    `/api/journeys/${running}`,
  );
  assert.deepEqual([still.draft.start, still.version], ['b', 1]);

  // A draft is changed by its file, and published once the file does not say draft any more.
  const file = JSON.parse(await readFile(join(folder, 'drawn.json'), 'utf8'));
  assert.equal(file.draft, true);
  const edited = { ...file, document: { ...file.document, longestLifeDays: 30 } };
  await writeFile(join(folder, 'drawn.json'), JSON.stringify(edited));
  const kept = await command('first', 'apply', folder);
  assert.match(kept.text, /~ Drawn \(draft\)\n {4}document\.longestLifeDays: \(nothing\) → 30\n/);
  assert.match(kept.text, /\n1 draft kept\n$/);
  const { draft: _, ...toPublish } = edited;
  await writeFile(join(folder, 'drawn.json'), JSON.stringify(toPublish));
  assert.match(
    (await command('first', 'plan', folder)).text,
    /its draft is published as it is drawn\n.*\napply publishes 1 of 3\n$/s,
  );
  assert.match((await command('first', 'apply', folder)).text, /1 of 3 published\n$/);
  assert.match((await command('first', 'plan', folder)).text, /Nothing is to be done\n$/);
  await archiveAll(program);
});

test('all that is wrong in any file of a folder is told at once, each with its file, tile and field', async () => {
  const folder = await folderWith({
    'a-no-json.json': '{ "format": ',
    'b-shape.json': {
      format: 'carillon-journey-1',
      nme: 'Shape',
      document: { tiles: {} },
      names: { 'list:1': 2 },
    },
    'c-document.json': {
      ...{ format: 'carillon-journey-1', name: 'Document', names: { 'template:7': 'Nowhere' } },
      document: {
        entry: { on: { events: {} }, onlyy: true },
        start: 'a',
        tiles: {
          a: { kind: 'send', templateId: 7, next: 'b', quietHours: 'later' },
          b: { kind: 'wait', next: 'end' },
          c: { kind: 'waits' },
        },
      },
    },
    'd-builder.ts': `import { journey } from ${JSON.stringify(join(import.meta.dirname, '../journeys/builder/journey-builder.ts'))};
export default journey('Built', ({ tile }) => ({ entry: { on: { api: {} } }, tiles: [tile.wait('hour')] }));
`,
    'e-past.json': {
      ...{ format: 'carillon-journey-1', name: 'Past', names: {} },
      document: {
        entry: { on: { schedule: { at: '2020-12-24T09:00', segmentIds: [1] } } },
        start: 'a',
        tiles: { a: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
      },
    },
    'f-right.json': {
      ...{ format: 'carillon-journey-1', name: 'Right', names: {} },
      document: { entry: called, start: 'a', tiles: { a: { kind: 'wait', for: { hours: 1 }, next: 'end' } } },
    },
  });
  const { ok, text } = await command('first', 'check', folder);
  assert.equal(ok, false);
  const told = new Map<string, string>();
  let at = '';
  for (const line of text.split('\n')) {
    at = /^! .*\/([a-f])-/.exec(line)?.[1] ?? at;
    if (line.startsWith('    ')) told.set(at, `${told.get(at) ?? ''}${line.trim()}\n`);
  }
  assert.match(told.get('a') ?? '', /JSON/);
  for (const part of [/required properties name/, /nme is unknown/, /names\.list:1 must be string/])
    assert.match(told.get('b') ?? '', part);
  for (const part of [
    /document\.entry\.on must have exactly one of event, purchase/,
    /document\.entry\.onlyy is unknown/,
    /document\.tiles\.a\.templateId means the template “Nowhere”, which is not here/,
    /document\.tiles\.a\.quietHours must be one of "delay", "skip"/,
    /document\.tiles\.b must have exactly one of for, days, until or untilDate/,
    /document\.tiles\.c\.kind must be one of send, wait/,
  ])
    assert.match(told.get('c') ?? '', part);
  assert.match(told.get('d') ?? '', /The journey “Built”: the tile hour: say what it does/);
  assert.match(told.get('e') ?? '', /document\.entry\.on\.schedule\.at is 2020-12-24 09:00, which is over/);
  assert.match(told.get('e') ?? '', /segmentIds has segment 1, which names does not tell/);
  assert.equal(told.get('f'), undefined);
  assert.match(text, /\n\d+ faults in 5 files\n$/);
  const applied = await command('first', 'apply', folder);
  assert.match(applied.text, /Nothing is applied while a file is refused/);
  assert.match(applied.text, /document\.tiles\.c\.kind/);
});

test('a segment that names a journey and a campaign goes to another project', async () => {
  const things = async (project: Project) => {
    const { campaignId } = await project.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
      ...{ name: 'Autumn sale', scheduleSend: false },
      templateId: await template(project, 'sms', 'Sale'),
      listIds: [(await project.call<{ listId: number }>('POST', '/api/lists', { name: 'Sale' })).listId],
    });
    return { campaignId, journeyId: await draft(project, 'Welcome', { entry: called }) };
  };
  await draft(other, 'Another', { entry: called });
  const here = await things(program);
  const there = await things(other);
  const definitionOf = ({ campaignId, journeyId }: typeof here) => ({
    all: [
      { leftJourney: { journeyId, reasons: ['goal'] } },
      { inJourney: { journeyId } },
      { message: { what: 'clicked', campaignIds: [campaignId] } },
    ],
  });
  const { id } = await program.call<{ id: number }>('POST', '/api/segments', {
    ...{ name: 'Reached', definition: definitionOf(here) },
  });
  const file = await program.call<{ names: Record<string, string>; sentence: string }>(
    'GET',
    `/api/segments/${id}/file`,
  );
  assert.deepEqual(file.names, {
    [`journey:${here.journeyId}`]: 'Welcome',
    [`campaign:${here.campaignId}`]: 'Autumn sale',
  });
  assert.match(
    file.sentence,
    /they left the journey “Welcome”, since they reached the goal and they are inside/,
  );
  const made = await other.call<{
    definition: { all: { inJourney?: object; message?: { campaignIds: number[] } }[] };
  }>('POST', '/api/segments/import', file);
  assert.deepEqual(made.definition.all[1], { inJourney: { journeyId: there.journeyId } });
  assert.deepEqual(made.definition.all[2]?.message?.campaignIds, [there.campaignId]);
});
