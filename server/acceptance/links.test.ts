import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import {
  type Handsets,
  handsets,
  ours,
  proofOf,
  sendCampaign,
  totalsOnce,
  typesByChannel,
} from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
});
after(() => program.close());

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';

/** A campaign of `count` messages, each with a link of its own; the short links in order of users. */
async function sentLinks(tag: string, block: number, count: number) {
  const phoneOf = (index: number) => `+1415${String(block + index)}`;
  const message = 'Carillon: https://example.com/offer?who={{firstName}}';
  const made = await makeCampaign(program, { tag, count, phoneOf, channel: 'SMS Marketing', message });
  await program.call('POST', '/api/templates/sms/update', {
    templateId: made.templateId,
    googleAnalyticsCampaignName: 'spring sale',
    linkParams: [{ key: 'ref', value: 'sms' }],
  });
  await sendCampaign(program, made.campaignId, (totals) => totals.delivered === count);
  const links: string[] = [];
  for (let index = 0; index < count; index++) {
    const [line] = await phones.hears(phoneOf(index), 1);
    links.push(/http:\/\/127\.0\.0\.1:\d+\/l\/\S+/.exec(line?.body ?? '')?.[0] ?? '');
  }
  return { ...made, links, phoneOf };
}

const visit = (url: string, userAgent: string, more: RequestInit = {}) =>
  fetch(url, { redirect: 'manual', ...more, headers: { 'user-agent': userAgent, ...more.headers } });

test('a tap on the short link leads on and is a click on the message, bots and previews are told apart', async () => {
  const { campaignId, links, phoneOf, emails } = await sentLinks('tap', 2_100_000, 2);
  const [link = ''] = links;
  const tap = await program.simulator<{ status: number; location: string }>(
    'POST',
    `/handsets/${phoneOf(0)}/taps`,
    { url: link },
  );
  const target = new URL(tap.location);
  assert.equal(tap.status, 302);
  assert.equal(target.origin + target.pathname, 'https://example.com/offer');
  assert.deepEqual(Object.fromEntries(target.searchParams), {
    who: 'Ann0',
    utm_campaign: 'spring sale',
    utm_medium: 'sms',
    ref: 'sms',
  });
  await visit(link, iphone);
  await visit(link, iphone, { method: 'HEAD' });
  await visit(link, 'WhatsApp/2.25 A');
  await visit(link, iphone, { headers: { 'sec-purpose': 'prefetch;prerender' } });
  await visit(link, 'curl/8.9');
  await visit(link, 'Barracuda Sentinel (EE)');
  const { clicks } = await totalsOnce(program, campaignId, (totals) => totals.clicks.bots === 2);
  assert.deepEqual(clicks, { total: 2, unique: 1, previews: 3, bots: 2 });
  const { history } = await program.call<{ history: { what: string; text: string }[] }>(
    'GET',
    `/api/users/${emails[0]}/history`,
  );
  const shown = history.filter((entry) => entry.what === 'smsClick').map((entry) => entry.text);
  assert.deepEqual(shown, [tap.location, tap.location]);
});

test('a code nobody was given is not found', async () => {
  for (const code of ['AAAAAAAAAA', 'x', '%00', 'é'])
    assert.equal((await visit(`${program.url}/l/${code}`, iphone)).status, 404, code);
  assert.equal((await visit(`${program.url}/u/AAAAAAAAAA`, iphone)).status, 404);
  assert.equal((await visit(`${program.url}/u/AAAAAAAAAA`, iphone, { method: 'POST' })).status, 404);
});

test('hundreds of taps at once each lead to their own page and are all counted', async () => {
  const { campaignId, links } = await sentLinks('crowd', 2_200_000, 20);
  const taps = Array.from({ length: 400 }, (_, index) => index % links.length);
  const places = await Promise.all(
    taps.map(async (index) => (await visit(links[index] ?? '', iphone)).headers.get('location')),
  );
  taps.forEach((index, place) => {
    assert.equal(new URL(places[place] ?? '').searchParams.get('who'), `Ann${index}`);
  });
  const { clicks } = await totalsOnce(program, campaignId, (totals) => totals.clicks.total === 400);
  assert.equal(clicks.unique, 20);
});

test('looking at the unsubscribe page changes nothing, its button opts out', async () => {
  const { channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const phoneOf = () => '+14152300000';
  const { campaignId, emails } = await makeCampaign(program, {
    ...{ tag: 'leave', count: 1, phoneOf, channel: 'SMS Marketing' },
    message: 'Carillon: news. Opt out: {{unsubscribeUrl}}',
  });
  await sendCampaign(program, campaignId, (totals) => totals.delivered === 1);
  const [line] = await phones.hears(phoneOf(), 1);
  const url = /http:\S+\/u\/\S+/.exec(line?.body ?? '')?.[0] ?? '';
  const status = async () =>
    (await proofOf(program, { email: emails[0] ?? '' })).standings.find(
      (each) => each.kind === 'channel' && each.targetId === channelId,
    )?.status;
  const page = await visit(url, iphone);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<form method="post">/);
  assert.equal(await status(), 'subscribed');
  assert.equal((await visit(url, iphone, { method: 'POST' })).status, 200);
  assert.equal(await status(), 'unsubscribed');
  const { entries } = await proofOf(program, { email: emails[0] ?? '' });
  assert.deepEqual([entries.at(-1)?.method, entries.at(-1)?.source], ['link', url]);
  const { totals } = await program.call<{ totals: { optOuts: { unique: number } } }>(
    'GET',
    `/api/campaigns/${campaignId}/live`,
  );
  assert.equal(totals.optOuts.unique, 1);
});

test('a picture leaves as MMS, fetched from its address', async () => {
  const phoneOf = () => '+14152400000';
  const { campaignId, templateId } = await makeCampaign(program, {
    ...{ tag: 'picture', count: 1, phoneOf, channel: 'SMS Marketing', message: 'Carillon: look' },
  });
  await program.call('POST', '/api/templates/sms/update', {
    templateId,
    mediaUrls: ['https://example.com/{{firstName}}.png'],
  });
  await sendCampaign(program, campaignId, (totals) => totals.delivered === 1);
  const [line] = await phones.hears(phoneOf(), 1);
  assert.deepEqual(line?.media, ['https://example.com/Ann0.png']);
  assert.equal(line?.from, ours.promotional);
});

test('a link works long after', async () => {
  const { links } = await sentLinks('old', 2_500_000, 1);
  program.clock.advance(400 * 24 * 3_600_000);
  const answer = await visit(links[0] ?? '', iphone);
  assert.match(answer.headers.get('location') ?? '', /^https:\/\/example\.com\/offer\?who=Ann0/);
});
