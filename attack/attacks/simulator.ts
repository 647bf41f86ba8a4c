import { type Attack, NotTried } from '../attack.ts';
import { at, type Call, call, told } from '../call.ts';
import type { Target } from '../target.ts';

const handset = '+12125550176';
const json = { 'content-type': 'application/json' };

/** What a page would like to do: opt somebody out, empty the ledger, break the network. */
function wishes(url: string, ours: string): Omit<Call, 'headers'>[] {
  return [
    {
      method: 'POST',
      url: `${url}/handsets/${handset}/messages`,
      body: JSON.stringify({ to: ours, body: 'STOP' }),
    },
    { method: 'PUT', url: `${url}/behaviour`, body: '{"loss":0}' },
    { method: 'DELETE', url: `${url}/ledger` },
  ];
}

/** Calls as a page would, with these headers, and says which were not answered with one of the statuses. */
async function tryAs(
  { simulatorUrl: url }: Target,
  pages: Record<string, string>[],
  statuses: readonly number[],
  typed: Record<string, string> = json,
): Promise<string[]> {
  if (url === null) throw new NotTried('ATTACK_SIMULATOR_URL names no simulator');
  const numbers = at(await call({ method: 'GET', url: `${url}/numbers` }), 'numbers');
  const first = Array.isArray(numbers) ? numbers[0] : null;
  const ours = String(first?.number ?? first?.address ?? '+12025550110');
  const faults: string[] = [];
  for (const page of pages)
    for (const wish of wishes(url, ours)) {
      if (wish.body === undefined && typed !== json) continue;
      const headers = { ...(wish.body === undefined ? {} : typed), ...page };
      const answer = await call({ ...wish, headers });
      if (!statuses.includes(answer.status))
        faults.push(told(`${wish.method} with ${JSON.stringify(headers)}`, answer));
    }
  return faults;
}

/** What a web page elsewhere can do to a simulator through the browser of somebody on its machine. */
export const simulatorAttacks: Attack[] = [
  {
    name: 'a name that resolves to the simulator',
    holds: 'only its own names are served (DNS rebinding)',
    run: (target) =>
      tryAs(
        target,
        ['evil.example', '127.0.0.1.evil.example', '192.0.2.7'].map((host) => ({ host })),
        [403],
      ),
  },
  {
    name: 'a page elsewhere calls the simulator',
    holds: 'what changes anything is taken of no page but its own',
    run: (target) =>
      tryAs(
        target,
        [
          { origin: 'https://evil.example' },
          { origin: 'null' },
          { origin: 'http://localhost:1' },
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site' },
        ],
        [403],
      ),
  },
  {
    name: 'a form posts to the simulator',
    holds: 'JSON is taken only as JSON',
    run: async (target) => [
      ...(await tryAs(target, [{}], [415], { 'content-type': 'text/plain' })),
      ...(await tryAs(target, [{}], [415], { 'content-type': 'application/x-www-form-urlencoded' })),
      ...(await tryAs(target, [{}], [415], {})),
    ],
  },
];
