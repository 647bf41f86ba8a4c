import type { Attack } from '../attack.ts';
import { type Answer, call, refused, told } from '../call.ts';
import type { Target } from '../target.ts';

const megabyte = 2 ** 20;
const largest = 16 * megabyte;
/** No refusal takes longer; what is larger than it may be is not looked at. */
const answerWithinMs = 5_000;

/** Addresses that anybody may call, and one of each kind that asks for a key or is not there. */
const openDoors = [
  '/auth/sign-in/email',
  '/auth/first-account',
  '/auth/reset-password',
  '/auth/sign-out',
  '/l/x',
  '/u/x',
  '/m/x/y',
  '/api/project',
  '/api/users/update',
  '/api/docs/json',
  '/callbacks/twilio/1/inbound',
  '/callbacks/meta/1',
  '/healthz',
  '/nowhere',
];
/** Calls that read large bodies of those who have a key. */
const keyedDoors = [
  '/api/users/update',
  '/api/users/bulkUpdate',
  '/api/events/track',
  '/api/events/trackBulk',
  '/api/templates/sms/draft',
  '/api/lists/subscribe',
];

const json = 'application/json';
const shapes: Record<string, { type: string; body: () => string }> = {
  zeros: { type: json, body: () => `[${'0,'.repeat(largest / 2 - 2)}0]` },
  brackets: { type: json, body: () => '['.repeat(largest / 2) + ']'.repeat(largest / 2) },
  members: {
    type: json,
    body: () => `{${Array.from({ length: 1_200_000 }, (_, place) => `"f${place}":0`).join(',')}}`,
  },
  empties: { type: json, body: () => `{"dataFields":{"a":[${'{},'.repeat(largest / 3 - 20)}{}]}}` },
  form: { type: 'application/x-www-form-urlencoded', body: () => 'a=1&'.repeat(largest / 4) },
  escapes: { type: json, body: () => `"${'\\u0041'.repeat(largest / 6 - 1)}"` },
};

/** Bodies are made before one looks how long others wait: to make a million fields keeps the attacker's processors busy. */
const made = new Map<() => string, Buffer>();
function bytesOf(body: () => string): Buffer {
  const bytes = made.get(body) ?? Buffer.from(body());
  made.set(body, bytes);
  return bytes;
}

function faultsOf(what: string, answer: Answer): string[] {
  if (answer.stalled || !refused(answer) || answer.ms > answerWithinMs) return [told(what, answer)];
  return [];
}

function sendAll(
  { url }: Target,
  doors: readonly string[],
  { type, body }: { type: string; body: () => string },
  headers: Record<string, string>,
): Promise<string[]> {
  const bytes = bytesOf(body);
  return doors.reduce<Promise<string[]>>(async (before, path) => {
    const faults = await before;
    const ask = () =>
      call({ method: 'POST', url: url + path, headers: { 'content-type': type, ...headers }, body: bytes });
    const answers = await Promise.all([ask(), ask()]);
    return [...faults, ...answers.flatMap((answer) => faultsOf(`POST ${path}`, answer))];
  }, Promise.resolve([]));
}

/** A form of so many parts that each is work for whoever reads it. */
function manyParts(): string {
  const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n';
  return `${part.repeat(largest / part.length - 1)}--x--\r\n`;
}

/** Bodies that freeze whoever reads them before asking who sends them. */
export const bodyAttacks: Attack[] = [
  ...Object.entries(shapes).map(([name, shape]) => ({
    name: `16 MB without a key: ${name}`,
    holds: 'refused within 5 s by every open address, and nobody else waits',
    prepare: async () => void bytesOf(shape.body),
    run: (target: Target) => sendAll(target, openDoors, shape, {}),
  })),
  ...(['zeros', 'brackets', 'members', 'empties', 'escapes'] as const).map((name) => ({
    name: `16 MB with a key: ${name}`,
    holds: 'refused within 5 s, and nobody else waits',
    prepare: async () => void bytesOf(shapes[name]!.body),
    run: (target: Target) => sendAll(target, keyedDoors, shapes[name]!, { 'api-key': target.key }),
  })),
  {
    name: 'a form of 250,000 parts',
    holds: 'refused within 5 s, without a key and with one',
    prepare: async () => void bytesOf(manyParts),
    async run(target) {
      const shape = { type: 'multipart/form-data; boundary=x', body: manyParts };
      const doors = ['/api/media', '/api/import', '/api/import/preview'];
      return [
        ...(await sendAll(target, doors, shape, {})),
        ...(await sendAll(target, doors, shape, { 'api-key': target.key })),
      ];
    },
  },
  {
    name: 'packed bodies that grow',
    holds: 'a body in gzip is refused, not unpacked',
    async run(target) {
      const { gzipSync } = await import('node:zlib');
      const body = gzipSync(Buffer.alloc(64 * megabyte, '[')).toString('latin1');
      const packed = { type: json, body: () => body };
      const headers = { 'content-encoding': 'gzip' };
      return [
        ...(await sendAll(target, openDoors, packed, headers)),
        ...(await sendAll(target, keyedDoors, packed, { ...headers, 'api-key': target.key })),
      ];
    },
  },
];
