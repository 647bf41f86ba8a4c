import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
let folder: string;
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
  folder = await mkdtemp(join(tmpdir(), 'carillon-journeys-'));
});
after(async () => {
  await program.close();
  await rm(folder, { recursive: true, force: true });
});

const command = (project: keyof typeof keys, ...args: string[]) =>
  journeysCommand({ publicUrl: program.url, apiKey: keys[project] }, args);

async function template(project: Project, name: string): Promise<number> {
  const types = await typesByChannel(project as TestProgram);
  const { params } = await project.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: name, name, message: 'Still in your cart' },
      messageTypeId: types.get('SMS Marketing')!.messageTypeId,
    },
  );
  return params.templateId;
}

async function list(project: Project, name: string): Promise<number> {
  const { listId } = await project.call<{ listId: number }>('POST', '/api/lists', { name });
  return listId;
}

const fileOf = async (name: string) =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as {
    document: { tiles: Record<string, Record<string, unknown>> };
    names: Record<string, string>;
    moves?: Record<string, string>;
  };

test('journeys go from one project to another as files, by the names of what they need; a plan tells each change, and a second apply does nothing', async () => {
  // So that things have other numbers there.
  await list(other, 'One more');
  await template(other, 'One more');
  const reminder = await template(program, 'Cart reminder');
  const reminded = await list(program, 'Reminded');
  const winBack = await program.call<{ id: number }>('POST', '/api/journeys', {
    name: 'Win-back',
    description: 'Who has not bought for long',
    document: {
      entry: { on: { api: {} } },
      start: 'note',
      tiles: { note: { kind: 'trackEvent', name: 'winBack', dataFields: { listId: 1 }, next: 'end' } },
    },
  });
  const cart = await program.call<{ id: number }>('POST', '/api/journeys', {
    name: 'Cart — Été',
    document: {
      entry: { on: { event: { name: 'cartAbandoned' } }, only: { none: [{ list: { ids: [reminded] } }] } },
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      start: 'hour',
      tiles: {
        hour: { kind: 'wait', for: { hours: 1 }, next: 'text' },
        text: { kind: 'send', templateId: reminder, next: 'body' },
        // A tile may be called as any field is.
        body: { kind: 'list', what: 'add', listId: reminded, next: 'on' },
        on: { kind: 'startJourney', journeyId: winBack.id, next: 'end' },
      },
    },
  });
  for (const { id } of [winBack, cart]) await program.call('POST', `/api/journeys/${id}/publish`, {});

  const pulled = await command('first', 'pull', folder);
  assert.ok(pulled.ok, pulled.text);
  assert.deepEqual((await readdir(folder)).sort(), ['cart-ete.json', 'win-back.json']);
  assert.deepEqual((await fileOf('cart-ete.json')).names, {
    [`list:${reminded}`]: 'Reminded',
    [`template:${reminder}`]: 'Cart reminder',
    [`journey:${winBack.id}`]: 'Win-back',
  });
  assert.match((await command('first', 'plan', folder)).text, /Nothing is to be done/);

  const missing = await command('second', 'apply', folder);
  assert.equal(missing.ok, false);
  assert.match(
    missing.text,
    /document\.entry\.only\.none\.0\.list\.ids means the list “Reminded”, which is not here/,
  );
  assert.match(missing.text, /Nothing is applied/);
  const journeys = async () =>
    (await other.call<{ journeys: { id: number; name: string }[] }>('GET', '/api/journeys')).journeys;
  assert.deepEqual(await journeys(), []);

  const [reminderThere, remindedThere] = [
    await template(other, 'Cart reminder'),
    await list(other, 'Reminded'),
  ];
  const planned = await command('second', 'plan', folder);
  assert.match(planned.text, /^\+ Cart — Été \(new\)\n\+ Win-back \(new\)\napply publishes 2 of 2\n$/);
  const applied = await command('second', 'apply', folder);
  assert.ok(applied.ok, applied.text);
  const made = await journeys();
  const there = made.find(({ name }) => name === 'Cart — Été')!;
  const { document } = await other.call<{ document: { tiles: Record<string, Record<string, unknown>> } }>(
    'GET',
    `/api/journeys/${there.id}/file`,
  );
  assert.equal(document.tiles.text?.templateId, reminderThere);
  assert.equal(document.tiles.body?.listId, remindedThere);
  assert.equal(document.tiles.on?.journeyId, made.find(({ name }) => name === 'Win-back')?.id);
  assert.match((await command('second', 'apply', folder)).text, /Nothing is to be done/);
  assert.equal((await journeys()).length, 2);
});

test('an edit in a file is told by its place; a tile that is gone with people at it wants to know where they go', async () => {
  await program.call('POST', '/api/users/update', { email: 'waits@example.com', dataFields: {} });
  await program.call('POST', '/api/events/track', {
    ...{ email: 'waits@example.com', eventName: 'cartAbandoned' },
    createdAt: program.clock.now().getTime(),
  });
  const { journeys } = await program.call<{ journeys: { id: number; name: string }[] }>(
    'GET',
    '/api/journeys?sort=id',
  );
  const cart = journeys.find(({ name }) => name === 'Cart — Été')!;
  const inside = async () =>
    (
      await program.call<{ tiles: Record<string, { inside: number }> }>(
        'GET',
        `/api/journeys/${cart.id}/counts`,
      )
    ).tiles;
  await program.until('somebody to wait', async () => ((await inside()).hour?.inside === 1 ? true : null));
  const file = await fileOf('cart-ete.json');
  const { hour, ...tiles } = file.document.tiles;
  const later = { ...file, document: { ...file.document, start: 'day', tiles: { day: hour, ...tiles } } };
  await writeFile(join(folder, 'cart-ete.json'), JSON.stringify(later));
  const refused = await command('first', 'plan', folder);
  assert.equal(refused.ok, false);
  assert.match(refused.text, /moves\.hour is missing: 1 people are at this tile/);
  await writeFile(join(folder, 'cart-ete.json'), JSON.stringify({ ...later, moves: { hour: 'dya' } }));
  assert.match((await command('first', 'apply', folder)).text, /moves\.hour names dya, which is no tile/);
  await writeFile(join(folder, 'cart-ete.json'), JSON.stringify({ ...later, moves: { hour: 'day' } }));
  const planned = await command('first', 'plan', folder);
  assert.match(planned.text, /document\.start: "hour" → "day"/);
  assert.ok((await command('first', 'apply', folder)).ok);
  await program.until('them to have moved', async () => ((await inside()).day?.inside === 1 ? true : null));
  assert.match((await command('first', 'apply', folder)).text, /Nothing is to be done/);
});

test('a journey written in TypeScript is the same document, and a fault names its file', async () => {
  const builder = JSON.stringify(join(import.meta.dirname, '../journeys/builder/journey-builder.ts'));
  await writeFile(
    join(folder, 'welcome.ts'),
    `import { journey } from ${builder};
export default journey('Welcome', ({ tile, template, list }) => ({
  entry: { on: { list: { id: list('Reminded'), what: 'entered' } } },
  tiles: [
    tile.wait('hour', { for: { hours: 1 } }),
    tile.send('text', { templateId: template('Cart reminder'), skipped: 'end' }),
    tile.waitFor('answer', {
      branches: [{ name: 'yes', for: { reply: { contains: ['yes'] } }, next: 'happy' }],
      within: { hours: 24 },
      timeout: 'end',
    }),
    tile.updateProfile('happy', { set: { happy: true } }),
  ],
}));
`,
  );
  const applied = await command('first', 'apply', folder);
  assert.match(applied.text, /\+ Welcome \(new\)/);
  const { journeys } = await program.call<{ journeys: { id: number; name: string }[] }>(
    'GET',
    '/api/journeys',
  );
  const { id } = journeys.find(({ name }) => name === 'Welcome')!;
  const picture = await program.call<string>('GET', `/api/journeys/${id}/mermaid`);
  assert.match(picture, /^flowchart TD\n {2}entry/);
  assert.match(picture, /tile_hour --> tile_text/);
  assert.match(picture, /tile_answer -->\|"timeout"\| end\d/);
  await writeFile(join(folder, 'broken.json'), '{ "format": ');
  const broken = await command('first', 'plan', folder);
  assert.equal(broken.ok, false);
  assert.match(broken.text, /! .*broken\.json\n {4}Unexpected end of JSON input/);
});
