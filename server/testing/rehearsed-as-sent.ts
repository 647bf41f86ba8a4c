import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';
import { assertSums } from './assert-sums.ts';
import type { TestProgram } from './program.ts';

interface Forecast {
  audience: number;
  sends: number;
  delayed: number;
  segments: number;
  price: number;
  exact: boolean;
  skipsByReason: Record<string, number>;
  expectedSkips: Record<string, number>;
}

/** What a rehearsal tells of one person. */
export interface Rehearsed {
  userRef: string;
  email: string | null;
  userId: string | null;
  fate: string;
  reason: string | null;
  detail: string | null;
  dueAt: number | null;
  isDelayed: boolean;
  senderId: number | null;
  address: string | null;
  segments: number;
  price: number;
  subject: string | null;
  text: string | null;
}

/** A launch that is imagined, as calls choose one. */
export interface Launch {
  listIds?: number[];
  suppressionListIds?: number[];
  dataFields?: Record<string, unknown>;
  allowRepeatMarketingSends?: boolean;
}

const queryOf = ({ dataFields, ...launch }: Launch): string[][] => [
  ...Object.entries(launch).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)])),
  ...(dataFields ? [['dataFields', JSON.stringify(dataFields)]] : []),
];

/** All of a rehearsal, page by page; `query` besides what chooses the launch. */
export async function rehearse(
  { call }: TestProgram,
  campaignId: number,
  query: Record<string, string> = {},
  launch: Launch = {},
): Promise<Rehearsed[]> {
  const found: Rehearsed[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const asked = new URLSearchParams([...queryOf(launch), ...Object.entries({ ...query, after })]);
    if (after === '') asked.delete('after');
    const page: { people: Rehearsed[]; nextAfter?: string } = await call(
      'GET',
      `/api/campaigns/${campaignId}/rehearsal?${asked}`,
    );
    found.push(...page.people);
    after = page.nextAfter;
  }
  return found;
}

/**
 * Holds that forecast, rehearsal, its file, what a launch then writes and the totals once it is through agree to the person.
 * `fates` are what is to become of each, by their emails or else userIds: a reason of skips, `send`, or `delayed`.
 */
export async function assertSentAsRehearsed(
  program: TestProgram,
  campaignId: number,
  fates: ReadonlyMap<string, string>,
  start: () => Promise<unknown>,
  launch: Launch = {},
): Promise<void> {
  const path = `/api/campaigns/${campaignId}`;
  const forecast = await program.call<Forecast>(
    'GET',
    `${path}/forecast?${new URLSearchParams(queryOf(launch))}`,
  );
  const rehearsed = await rehearse(program, campaignId, { limit: '5' }, launch);
  const file = await exported(program, campaignId, launch);
  const totalsNow = async () =>
    (await program.call<{ totals: CampaignTotals }>('GET', `${path}/live`)).totals;
  const before = await totalsNow();

  assert.deepEqual(
    Object.fromEntries(rehearsed.map((person) => [nameOf(person), fateOf(person)])),
    Object.fromEntries(fates),
    'each has the fate that is theirs',
  );
  const sends = rehearsed.filter(({ fate }) => fate === 'send');
  const delayed = sends.filter(({ isDelayed }) => isDelayed).length;
  const skips = countBy(rehearsed.flatMap(({ reason }) => reason ?? []));
  assert.ok(forecast.exact);
  assert.deepEqual({ ...forecast.skipsByReason, ...forecast.expectedSkips }, skips);
  assert.deepEqual(
    [forecast.audience, forecast.sends, forecast.delayed, forecast.segments, rounded(forecast.price)],
    [rehearsed.length, sends.length, delayed, sum(sends, 'segments'), rounded(sum(sends, 'price'))],
    'the forecast is their sum',
  );
  assert.deepEqual(file.map(inFile).sort(), rehearsed.map(inFile).sort(), 'the file tells the same');

  const { rows: last } = await sql<{ id: number }>`SELECT last_value AS id FROM message_id_seq`.execute(
    program.database.db,
  );
  await start();
  const after = await program.until('the launch to be through', async () => {
    const now = await totalsNow();
    const done = now.sends + now.skips - before.sends - before.skips;
    return done === rehearsed.length - delayed && now.pending - before.pending === delayed ? now : null;
  });
  assertSums(after);
  const less = (name: 'audience' | 'sends' | 'skips' | 'pending') => after[name] - before[name];
  assert.deepEqual(
    [less('audience'), less('sends'), less('pending'), less('skips')],
    [rehearsed.length, sends.length - delayed, delayed, rehearsed.length - sends.length],
    'the totals of what was sent are those of the rehearsal',
  );
  const skipped = Object.entries(after.skipsByReason).map(([reason, people]): [string, number] => [
    reason,
    people - (before.skipsByReason[reason] ?? 0),
  ]);
  assert.deepEqual(Object.fromEntries(skipped.filter(([, people]) => people > 0)), skips);
  assert.deepEqual(
    await written(program, campaignId, last[0]?.id ?? 0),
    rehearsed.map(asWritten).sort(),
    'what was written of each is what was told',
  );
}

const nameOf = ({ email, userId }: Pick<Rehearsed, 'email' | 'userId'>): string => email || userId || '';
const fateOf = ({ reason, isDelayed, fate }: Rehearsed): string => reason ?? (isDelayed ? 'delayed' : fate);
/** Short links are made anew each time. */
const withoutCodes = (text: string | null | undefined) => text?.replace(/\/[lu]\/[^\s">]+/g, '/l/…') ?? '';
const rounded = (dollars: number) => Math.round(dollars * 1_000_000);
const sum = (people: readonly Rehearsed[], of: 'segments' | 'price') =>
  people.reduce((total, person) => total + person[of], 0);
const countBy = (reasons: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(reasons, (each) => each)].map(([reason, all]) => [reason, all.length]));

/** One line of all that both a page and the file say of a person. */
const inFile = (person: Rehearsed | Record<string, string>): string =>
  JSON.stringify([
    ...[nameOf(person as Rehearsed), person.fate, person.reason ?? '', Number(person.segments)],
    ...[person.address ?? '', withoutCodes(person.text as string)],
  ]);

/** One line of all that both a rehearsal and a message tell. */
const asWritten = (person: Rehearsed): string =>
  JSON.stringify([
    ...[nameOf(person), person.reason, person.detail, person.senderId, person.address, person.segments],
    ...[rounded(person.price), withoutCodes(person.text), person.isDelayed ? person.dueAt : null],
  ]);

/** The messages of a campaign after one, a line each, in order. */
async function written({ database }: TestProgram, campaignId: number, afterId: number): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
    reason: string | null;
    detail: string | null;
    senderId: number | null;
    address: string | null;
    segments: number;
    price: number;
    text: string | null;
    dueAt: Date;
    isLate: boolean;
  }>`
    SELECT coalesce(u.email, u.external_id) AS name, m.skip_reason AS reason, m.error_detail AS detail,
      m.sender_id AS "senderId", m.to_address AS address, m.segments, m.price_micros::int AS price,
      coalesce(m.content ->> 'preview', m.content ->> 'body', m.content ->> 'text') AS text, m.due_at AS "dueAt",
      m.due_at > m.not_before AND m.skip_reason IS NULL AS "isLate"
    FROM message m JOIN users u ON u.lane = m.lane AND u.id = m.user_id
    WHERE m.campaign_id = ${campaignId} AND m.id > ${afterId}`.execute(database.db);
  return rows
    .map(({ name, reason, detail, senderId, address, segments, price, text, dueAt, isLate }) =>
      JSON.stringify([
        ...[name, reason, detail, senderId, address, segments, price, withoutCodes(text)],
        isLate ? dueAt.getTime() : null,
      ]),
    )
    .sort();
}

/** A rehearsal as the export writes it, once it is through. */
async function exported(
  { call, until }: TestProgram,
  campaignId: number,
  launch: Launch,
): Promise<Record<string, string>[]> {
  const { jobId } = await call<{ jobId: number }>('POST', '/api/export/start', {
    ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'application/x-json-stream', campaignId, launch },
  });
  const job = await until('the rehearsal to be exported', async () => {
    const { jobs } = await call<{ jobs: { id: number; jobState: string; rowsExported: number }[] }>(
      'GET',
      '/api/export/jobs',
    );
    return jobs.find(({ id, jobState }) => id === jobId && jobState === 'completed') ?? null;
  });
  const text = String(await call<unknown>('GET', `/api/export/${jobId}/files/1`));
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((line): Record<string, string> => JSON.parse(line));
  assert.equal(job.rowsExported, rows.length);
  return rows;
}
