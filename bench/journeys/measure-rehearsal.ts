import { type Api, openApi, readNumber, readText, readValue } from '../api.ts';
import { prepareGround } from '../ground.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { describeMachine } from '../machine.ts';
import { makePeople } from '../people.ts';
import { planBlast } from '../plan-blast.ts';
import { say } from '../progress.ts';
import { startCarillon } from '../start-carillon.ts';
import { median } from '../table.ts';

/** People who are rehearsed, and how often. */
const [people, rounds] = [100_000, 3];
/** People a second that are aimed at. */
const aim = 5_000;

/**
 * Rehearses a cart journey of four tiles over many people, each with an instant of their own and a text that is filled in; prints people a second on standard output.
 * @returns Whether everybody was gone through.
 */
export async function measureRehearsal(profile: string | null = null): Promise<boolean> {
  const stack = new AsyncDisposableStack();
  try {
    const carillon = await startCarillon(stack, profile);
    const api = openApi(carillon.program.url, carillon.apiKey);
    stack.defer(api.close);
    const measured = await unlessInterrupted(measure(api));
    const machine = await describeMachine(carillon.database.url);
    const whole = (figure: number) => Math.round(figure).toLocaleString('en-US');
    const each = measured.map(({ seconds }) => people / seconds);
    const isHeld = median(each) >= aim;
    process.stdout.write(
      [
        '',
        `A rehearsal of a cart journey of four tiles over ${whole(people)} people, on ${machine}.`,
        '',
        '| what | program | aim | held |',
        '| --- | --- | --- | --- |',
        `| people a second | **${whole(median(each))}** (${each.map(whole).join(', ')}) | ≥ ${whole(aim)} | ${isHeld ? 'yes' : '**no**'} |`,
        '',
        `- Everybody enters at an instant of their own within 24 hours; ${measured.map(({ messages }) => whole(messages)).join(', ')} messages were imagined, each with its text.`,
        '',
      ].join('\n'),
    );
    return measured.every((round) => round.people === people);
  } finally {
    await stack.disposeAsync();
  }
}

async function measure(api: Api): Promise<{ seconds: number; people: number; messages: number }[]> {
  const all = makePeople(0, people, planBlast().prefixes);
  const { listId, blastTemplateId, blastSender } = await prepareGround(
    api,
    all,
    all.slice(0, 1),
    'promotional',
  );
  const made = await api.call('POST', '/api/journeys', {
    name: 'Cart',
    document: {
      entry: { on: { event: { name: 'cart' } } },
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      start: 'hour',
      tiles: {
        hour: { kind: 'wait', for: { hours: 1 }, next: 'lately' },
        lately: {
          kind: 'split',
          branches: [{ name: 'bought', of: { purchase: { during: { last: { days: 30 } } } }, next: 'end' }],
          otherwise: 'text',
        },
        text: { kind: 'send', templateId: blastTemplateId, senderId: blastSender.id, next: 'answers' },
        answers: {
          kind: 'waitFor',
          branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
          within: { hours: 24 },
          timeout: 'end',
        },
      },
    },
  });
  const path = `/api/journeys/${readNumber(made, 'id')}/rehearsals`;
  const measured: { seconds: number; people: number; messages: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`rehearsal ${round} of ${rounds}`);
    const begin = performance.now();
    const asked = {
      entries: { supposed: { listIds: [listId], over: { hours: 24 } } },
      supposing: { click: { share: 10 }, purchase: { share: 5 } },
      days: 7,
    };
    const rehearsalId = readNumber(await api.call('POST', path, asked), 'rehearsalId');
    const figures = await untilDone(api, `${path}/${rehearsalId}`);
    const seconds = (performance.now() - begin) / 1_000;
    measured.push({
      seconds,
      people: readNumber(figures, 'people'),
      messages: readNumber(figures, 'sends', 'messages'),
    });
  }
  return measured;
}

async function untilDone(api: Api, path: string): Promise<unknown> {
  const until = performance.now() + 600_000;
  for (;;) {
    const answer = await api.call('GET', path);
    const state = readText(answer, 'state');
    if (state === 'done') return readValue(answer, 'figures');
    if (state !== 'running' || performance.now() > until)
      throw new Error(`the rehearsal is ${state} and not done`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
