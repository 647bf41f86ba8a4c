import type { Attack } from '../attack.ts';
import { type Answer, refused, told } from '../call.ts';
import type { Target } from '../target.ts';

const manyFields = (count: number, start = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`${start}${place}`, 1]));

function faultsOf(what: string, answer: Answer): string[] {
  const named = /field|body|size|large|long|name|member/i.test(answer.text) || answer.status === 0;
  return refused(answer) && named ? [] : [told(what, answer)];
}

async function atOnce({ ask }: Target): Promise<string[]> {
  const dataFields = manyFields(400_000);
  const user = { email: 'attack-fields@example.com' };
  return [
    ...faultsOf('users/update', await ask('POST', '/api/users/update', { ...user, dataFields })),
    ...faultsOf(
      'events/track',
      await ask('POST', '/api/events/track', { ...user, eventName: 'x', dataFields }),
    ),
    ...(await bulk(
      'users/bulkUpdate',
      ask,
      (fields) => ({ users: [{ ...user, dataFields: fields }] }),
      dataFields,
    )),
    ...(await bulk(
      'events/trackBulk',
      ask,
      (fields) => ({ events: [{ ...user, eventName: 'x', dataFields: fields }] }),
      dataFields,
    )),
  ];
}

/** A bulk call may take the call and refuse the row. */
async function bulk(
  path: string,
  ask: Target['ask'],
  body: (fields: object) => object,
  dataFields: object,
): Promise<string[]> {
  const answer = await ask('POST', `/api/${path}`, body(dataFields));
  const refusedRow = answer.status === 200 && /"failCount":1|"fail|reason/i.test(answer.text);
  return refusedRow ? [] : faultsOf(path, answer);
}

async function bitByBit({ ask }: Target): Promise<string[]> {
  const faults: string[] = [];
  const steps = 40;
  let last: Answer | null = null;
  for (let step = 0; step < steps; step += 1) {
    const user = { userId: `attack-field-${step}` };
    last = await ask('POST', '/api/users/update', { ...user, dataFields: manyFields(900, `s${step}x`) });
    if (last.status >= 500 || last.stalled) faults.push(told(`fields of step ${step}`, last));
    if (refused(last)) break;
  }
  const query = 'dataTypeName=user&range=All';
  for (const format of ['csv', 'json']) {
    const answer = await ask('GET', `/api/export/data.${format}?${query}`);
    if (answer.status !== 200) faults.push(told(`export as ${format}`, answer));
  }
  return faults;
}

async function names({ ask }: Target): Promise<string[]> {
  const faults: string[] = [];
  for (const name of [
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    'prototype',
    'x'.repeat(100_000),
    '',
  ]) {
    const dataFields = JSON.parse(`{${JSON.stringify(name)}:{"a":1}}`) as unknown;
    for (const path of ['users/update', 'events/track']) {
      const answer = await ask('POST', `/api/${path}`, {
        ...{ email: 'attack-names@example.com', dataFields },
        ...(path === 'events/track' ? { eventName: name.slice(0, 100) || 'x' } : {}),
      });
      if (answer.status >= 500 || answer.stalled)
        faults.push(told(`${path} with ${name.slice(0, 20)}`, answer));
    }
  }
  return faults;
}

/** Fields without end, and with names that mean something to the language. */
export const fieldAttacks: Attack[] = [
  { name: '400,000 new fields in one call', holds: 'refused by name, nothing kept', run: atOnce },
  {
    name: 'new fields without end, call by call',
    holds: 'there is a cap, and exports still work',
    run: bitByBit,
  },
  { name: 'fields with the language’s own names', holds: 'taken or refused, never a fault', run: names },
];
