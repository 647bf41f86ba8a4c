import { FormData } from 'undici';
import { type Api, readNumber, readText, readValue } from './api.ts';
import type { Person } from './people.ts';
import { startBar } from './progress.ts';

const lookEachMs = 250;

/** A file of people who agreed to texts, each with a number, an email and the day they agreed. */
function fileOf(people: readonly Person[]): string {
  const rows = people.map(
    ({ email, phone, firstName, points }, index) =>
      `${email},${phone},${firstName},${points},yes,2026-01-${String(1 + (index % 28)).padStart(2, '0')}`,
  );
  return ['email,phone,first name,points,sms opt in,sms opt in date', ...rows].join('\n');
}

/**
 * Imports people by file, onto a new list and with their consent, and returns rows a second from the upload to the
 * end; throws when any row is refused.
 */
export async function importFile(api: Api, people: readonly Person[]): Promise<number> {
  const form = new FormData();
  const consent = { source: 'bench.example/join', method: 'webForm', messageTypeIds: [1] };
  form.set('options', JSON.stringify({ newListName: `By file ${people[0]?.email}`, consent }));
  form.set('file', new File([fileOf(people)], 'people.csv', { type: 'text/csv' }));
  const bar = startBar('import of a file', people.length);
  const begin = performance.now();
  try {
    const importId = readNumber(await api.upload('/api/import', form), 'importId');
    for (;;) {
      const answer = await api.call('GET', `/api/import/${importId}`);
      bar.at(readNumber(answer, 'rowsDone'));
      const state = readText(answer, 'state');
      if (state === 'failed') throw new Error(`the import failed: ${readValue(answer, 'error')}`);
      if (state === 'done') {
        const refused = readNumber(answer, 'rowsRefused');
        if (refused > 0) throw new Error(`the import refused ${refused} rows`);
        return (people.length / (performance.now() - begin)) * 1000;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEachMs));
    }
  } finally {
    bar.end();
  }
}
