import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { projectCommand } from '../program/project-command.ts';
import { makeCampaign } from '../testing/audience.ts';
import { handsets, ours, proofOf } from '../testing/people.ts';
import { exchange, startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

const command = (...args: string[]) =>
  projectCommand({ ...program.settings, simulatorUrl: program.simulatorUrl }, args, program.clock);

interface Sender {
  id: number;
  address: string;
  kind: string;
  purpose: string;
}

test('a project made by command has its own key, channels and senders, and each hears its own people', async () => {
  const { ok, text } = await command('create', 'Second', 'Shop');
  assert.ok(ok, text);
  const [key = ''] = /[0-9a-f]{64}/.exec(text) ?? [];
  const second: Pick<TestProgram, 'call' | 'until'> = {
    call: (method, path, body) => exchange(method, program.url + path, { 'Api-Key': key }, body),
    until: program.until,
  };
  assert.equal((await second.call<{ name: string }>('GET', '/api/project')).name, 'Second Shop');
  const { senders } = await second.call<{ senders: Sender[] }>('GET', '/api/senders');
  const first = await program.call<{ senders: Sender[] }>('GET', '/api/senders');
  assert.deepEqual(
    senders.map((sender) => [sender.kind, sender.purpose]),
    first.senders.map((sender) => [sender.kind, sender.purpose]),
  );
  const addresses = [...senders, ...first.senders].map((sender) => sender.address);
  assert.equal(new Set(addresses).size, addresses.length);
  const from = senders.find((sender) => sender.kind === 'longCode' && sender.purpose === 'transactional');
  await program.until('the simulator to know the new number', async () => {
    const { numbers } = await program.simulator<{ numbers: { number: string }[] }>('GET', '/numbers');
    return JSON.stringify(numbers).includes(from?.address ?? '?') ? true : null;
  });

  const phones = handsets(program);
  const phone = '+14155550801';
  const people = { tag: 'both', channel: 'SMS Transactional', count: 1, phoneOf: () => phone };
  for (const project of [program, second]) {
    const { campaignId } = await makeCampaign(project, people);
    await project.call('POST', `/api/campaigns/${campaignId}/send`, {});
  }
  const heard = await phones.hears(phone, 2);
  assert.deepEqual(heard.map((line) => line.from).sort(), [ours.transactional, from?.address ?? ''].sort());
  await phones.writes(phone, from?.address ?? '', 'STOP');
  await phones.hears(phone, 3);
  const statuses = async (project: Pick<TestProgram, 'call'>) =>
    new Set((await proofOf(project, { phone })).standings.map((standing) => standing.status));
  assert.deepEqual(await statuses(second), new Set(['unsubscribed']));
  assert.deepEqual(await statuses(program), new Set(['subscribed']));
});

test('projects are listed by command; what is no command of theirs is told how it goes', async () => {
  await command('create', 'Third');
  const { text } = await command('list');
  assert.match(text, /First project\n[\s\S]*Third\n$/);
  assert.equal((await command('create')).ok, false);
  assert.match((await command('remove', '1')).text, /project create NAME/);
});
