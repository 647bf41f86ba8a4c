import { setTimeout as sleep } from 'node:timers/promises';
import { FormData } from 'undici';
import { type Api, readNumber, readText } from '../api.ts';
import type { CallTimes, Subjects } from './timed-calls.ts';

/** As long as any reading call may take. */
const aim = 300;
const text = 'Hi {{firstName}}, {{points}} points wait for you: https://shop.example/rewards';

const fileOf = (people: number) =>
  [
    'email,first name,points',
    ...Array.from({ length: people }, (_, index) => `file${index}@bench.example,Ana,${index}`),
  ].join('\n');

function formOf(options: object, people = 500): FormData {
  const form = new FormData();
  form.set('options', JSON.stringify(options));
  form.set('file', new File([fileOf(people)], 'people.csv', { type: 'text/csv' }));
  return form;
}

/** Imports a small file, so that there is an import to look at; answers its id when it is done. */
export async function makeImport(api: Api): Promise<number> {
  const importId = readNumber(
    await api.upload('/api/import', formOf({ newListName: `By file ${Date.now()}` }, 5)),
    'importId',
  );
  while (readText(await api.call('GET', `/api/import/${importId}`), 'state') !== 'done') await sleep(200);
  return importId;
}

/**
 * Makes, changes and deletes with the calls of the console what it edits, so many times over, and times each: a list, a
 * campaign to everybody, a template, a person; previews a template and a file.
 */
export async function timeEdits(
  api: Api,
  { listId, templateId, messageTypeId, email }: Subjects,
  when: CallTimes['when'],
  times: number,
): Promise<CallTimes[]> {
  const taken = new Map<string, CallTimes>();
  const timed = async <Answer>(name: string, edit: () => Promise<Answer>): Promise<Answer> => {
    const begin = performance.now();
    const answer = await edit();
    const each = taken.get(name) ?? { call: { name, aim }, when, times: [] };
    taken.set(name, each);
    each.times.push(performance.now() - begin);
    return answer;
  };
  const post = (name: string, path: string, body: unknown) => timed(name, () => api.call('POST', path, body));
  for (let time = 0; time < times; time += 1) {
    const mark = `${when} ${time} ${Date.now()}`;
    const newcomer = `${mark.replaceAll(' ', '.')}@bench.example`;
    const list = readNumber(await post('make a list', '/api/lists', { name: mark }), 'listId');
    await post('make a person', '/api/users/update', { email: newcomer, dataFields: { firstName: 'Ana' } });
    const subscribers = [{ email: newcomer }];
    await post('put a person on a list', '/api/lists/subscribe', { listId: list, subscribers });
    await post('change a person', '/api/users/update', { email: newcomer, dataFields: { points: time } });
    await post('take a person off a list', '/api/lists/unsubscribe', { listId: list, subscribers });
    await timed('delete a person', () => api.call('DELETE', `/api/users/${encodeURIComponent(newcomer)}`));
    await timed('delete a list', () => api.call('DELETE', `/api/lists/${list}`));
    const template = { name: mark, message: text, messageTypeId };
    const made = await post('make a template', '/api/templates/sms/upsert', {
      ...{ ...template, clientTemplateId: mark },
    });
    const id = readNumber(made, 'params', 'templateId');
    await post('change a template', '/api/templates/sms/update', { templateId: id, message: `${text} ` });
    const person = { recipientEmail: email };
    await post('preview of a template', `/api/templates/sms/preview?templateId=${templateId}`, { person });
    await post('preview of a draft', '/api/templates/sms/draft', { ...template, person });
    const campaign = { name: mark, templateId: id, listIds: [listId], scheduleSend: false };
    const campaignId = readNumber(
      await post('make a campaign', '/api/campaigns/create', campaign),
      'campaignId',
    );
    const path = `/api/campaigns/${campaignId}`;
    await timed('change a campaign', () => api.call('PATCH', path, { name: `${mark} anew` }));
    await timed('delete a campaign', () => api.call('DELETE', path));
    await post('delete a template', '/api/templates/bulkDelete', { ids: [id] });
    await timed('preview of an import', () =>
      api.upload('/api/import/preview', formOf({ newListName: mark })),
    );
  }
  return [...taken.values()];
}
