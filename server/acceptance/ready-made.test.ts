import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, ours, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let program: TestProgram;
let phones: Handsets;
let messageTypeIds: number[];
before(async () => {
  // Monday 11:00 in London.
  program = await startTestProgram('2026-11-23T11:00:00Z');
  phones = handsets(program);
  await program.simulator('PUT', '/behaviour', { templateReviewMs: 100 });
  messageTypeIds = [...(await typesByChannel(program)).values()].map((each) => each.messageTypeId);
});
after(() => program.close());

let people = 0;

/** Somebody in London who may be sent everything. */
async function somebody(fields: object = {}): Promise<{ email: string; phone: string }> {
  people += 1;
  const email = `ready-${people}@example.com`;
  const phone = `+4477009${String(30_000 + people)}`;
  await program.call('POST', '/api/users/update', {
    email,
    dataFields: { phoneNumber: phone, firstName: `Ann${people}`, timeZone: 'Europe/London', ...fields },
  });
  await program.call('POST', '/api/consent', {
    consents: messageTypeIds.map((messageTypeId) => ({
      ...{ email, messageTypeId, method: 'webForm', source: 'the shop' },
    })),
  });
  return { email, phone };
}

/** Makes and publishes a ready-made journey; answers its id. What goes by WhatsApp is approved. */
async function make(id: string, answers: Record<string, unknown> = {}): Promise<number> {
  const made = await program.call<{
    journeyId: number;
    templates: { id: number; medium: string }[];
  }>('POST', `/api/journeys/readyMade/${id}`, { answers });
  for (const template of made.templates.filter(({ medium }) => medium === 'whatsApp')) {
    const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
      'GET',
      '/api/senders',
    );
    const senderId = senders.find((each) => each.address === ours.whatsApp)?.id;
    await program.call('POST', '/api/templates/whatsApp/submit', { templateId: template.id, senderId });
    await program.until('approval', async () => {
      const { status } = await program.call<{ status: string }>(
        'GET',
        `/api/templates/whatsApp/get?templateId=${template.id}`,
      );
      return status === 'APPROVED' ? true : null;
    });
  }
  await program.call('POST', `/api/journeys/${made.journeyId}/publish`, {});
  return made.journeyId;
}

const track = (email: string, eventName: string, dataFields: object = {}) =>
  program.call('POST', '/api/events/track', {
    ...{ email, eventName, dataFields, createdAt: program.clock.now().getTime() },
  });

const buy = (email: string, total = 20) =>
  program.call('POST', '/api/commerce/trackPurchase', {
    ...{ user: { email }, total, createdAt: program.clock.now().getTime() },
    items: [{ id: 'tea', name: 'Tea', price: total, quantity: 1 }],
  });

/** Waits until somebody waits at a tile, and then lets the time go by. */
async function passAt(journeyId: number, tile: string, ms: number): Promise<void> {
  await program.until(`somebody at ${tile}`, async () =>
    (await counts(journeyId))[tile]?.inside ? true : null,
  );
  program.clock.advance(ms);
}

const counts = async (journeyId: number) =>
  (
    await program.call<{ tiles: Record<string, { arrived: number; inside: number }> }>(
      'GET',
      `/api/journeys/${journeyId}/counts`,
    )
  ).tiles;

/** The texts on a handset, once there are so many. */
const heard = async (phone: string, count: number) =>
  (await phones.hears(phone, count)).map(({ body }) => body);

/** Each journey with what lets somebody through it; answers nothing: it is right when they heard what it says. */
const trials: Record<string, () => Promise<void>> = {
  welcome: async () => {
    const id = await make('welcome');
    const { phone } = await somebody();
    assert.match((await heard(phone, 1)).at(-1) ?? '', /Welcome to .*Reply HELP for help, STOP to cancel/);
    await passAt(id, 'days', 4 * dayMs);
    assert.match((await heard(phone, 2)).at(-1) ?? '', /new here\?/);
    await program.call('POST', `/api/journeys/${id}/stop`, {});
  },
  cartAbandonment: async () => {
    const id = await make('cartAbandonment');
    const { email, phone } = await somebody();
    const buyer = await somebody();
    for (const each of [email, buyer.email]) await track(each, 'cartAbandoned');
    await passAt(id, 'pause', 0);
    await buy(buyer.email);
    program.clock.advance(hourMs + 1_000);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /your cart is still here/);
    await passAt(id, 'tap', dayMs + 1_000);
    assert.equal((await phones.hears(phone, 2)).at(-1)?.wire, 'meta');
    assert.deepEqual(await phones.heard(buyer.phone), []);
  },
  winBack: async () => {
    const id = await make('winBack');
    const { email, phone } = await somebody();
    await buy(email);
    await passAt(id, 'quiet', 30 * dayMs);
    await buy(email);
    await program.until('the wait to begin anew', async () =>
      (await counts(id)).quiet?.arrived === 2 ? true : null,
    );
    program.clock.advance(35 * dayMs);
    await passAt(id, 'quiet', 25 * dayMs + 1_000);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /not seen you for a while/);
    await passAt(id, 'back', 7 * dayMs + 1_000);
    assert.match((await heard(phone, 2)).at(-1) ?? '', /15% off/);
    await program.call('POST', `/api/journeys/${id}/stop`, {});
  },
  birthday: async () => {
    const { email, phone } = await somebody();
    const day = new Date(program.clock.now().getTime() + 3 * dayMs).toISOString().slice(5, 10);
    await make('birthday');
    await program.call('POST', '/api/users/update', { email, dataFields: { birthday: `1990-${day}` } });
    program.clock.advance(3 * dayMs);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /^Happy birthday/);
  },
  flashSale: async () => {
    const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'Sale' });
    const { email, phone } = await somebody();
    await program.call('POST', '/api/lists/subscribe', { listId, subscribers: [{ email }] });
    // Tomorrow at this time, unless told.
    const id = await make('flashSale', { list: listId });
    program.clock.advance(dayMs);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /30% off/);
    await passAt(id, 'tap', 3 * hourMs + 1_000);
    assert.match((await heard(phone, 2)).at(-1) ?? '', /last call/);
  },
  milestone: async () => {
    await make('milestone');
    const { email, phone } = await somebody({ points: 900 });
    await program.call('POST', '/api/users/update', { email, dataFields: { points: 1_200 } });
    assert.match((await heard(phone, 1)).at(-1) ?? '', /you have 1200 points/);
  },
  feedback: async () => {
    const id = await make('feedback');
    const { email, phone } = await somebody();
    await track(email, 'orderDelivered');
    await passAt(id, 'days', 3 * dayMs);
    const [question] = await phones.hears(phone, 1);
    // A number in a sentence is no mark.
    await phones.writes(phone, question?.from ?? '', 'Waited 45 minutes');
    await phones.writes(phone, question?.from ?? '', '5!');
    assert.match((await heard(phone, 2)).at(-1) ?? '', /^Thank you! That makes our day/);
  },
  review: async () => {
    const id = await make('review');
    const { email, phone } = await somebody();
    await buy(email);
    await passAt(id, 'days', 8 * dayMs);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /how do you like it/);
    await passAt(id, 'tap', 3 * dayMs + 1_000);
    assert.match((await heard(phone, 2)).at(-1) ?? '', /a line would help/);
    await program.call('POST', `/api/journeys/${id}/stop`, {});
  },
  replenishment: async () => {
    const id = await make('replenishment');
    const { email, phone } = await somebody();
    await buy(email);
    await passAt(id, 'used', 20 * dayMs);
    await buy(email);
    await program.until('the time to begin anew', async () =>
      (await counts(id)).used?.arrived === 2 ? true : null,
    );
    program.clock.advance(20 * dayMs);
    assert.equal((await counts(id)).used?.inside, 1);
    program.clock.advance(11 * dayMs);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /running low/);
    await program.call('POST', `/api/journeys/${id}/stop`, {});
  },
  appointment: async () => {
    const id = await make('appointment');
    const comes = await somebody();
    const asks = await somebody();
    const startsAt = new Date(program.clock.now().getTime() + 5 * dayMs).toISOString();
    for (const { email } of [comes, asks]) {
      // Booked anew, it is another day, and the first one is forgotten.
      const first = new Date(program.clock.now().getTime() + 3 * dayMs).toISOString();
      await track(email, 'appointmentBooked', { appointmentId: 'a-1', startsAt: first });
      await track(email, 'appointmentBooked', { appointmentId: 'a-1', startsAt });
    }
    await program.until('both to wait', async () =>
      (await counts(id)).dayBefore?.inside === 2 ? true : null,
    );
    program.clock.advance(3 * dayMs);
    assert.equal((await counts(id)).dayBefore?.inside, 2);
    program.clock.advance(dayMs + hourMs);
    const [reminder] = await phones.hears(comes.phone, 1);
    assert.match(reminder?.body ?? '', /Reply YES if you come/);
    await phones.writes(comes.phone, reminder?.from ?? '', 'Yes please!');
    assert.match((await heard(comes.phone, 2)).at(-1) ?? '', /look forward to seeing you/);
    // Neither yes nor no: somebody reads it, and nobody is told that it is off.
    const [asked] = await phones.hears(asks.phone, 1);
    await phones.writes(asks.phone, asked?.from ?? '', 'no, 4 pm is fine');
    await program.until('it to be told of', async () =>
      (await counts(id)).later?.inside === 1 ? true : null,
    );
    assert.equal((await phones.heard(asks.phone)).length, 1);
    await phones.writes(asks.phone, asked?.from ?? '', 'No');
    assert.match((await heard(asks.phone, 2)).at(-1) ?? '', /Call us for another appointment/);
    const { events } = await program.call<{ events: { eventName: string; dataFields: object }[] }>(
      'GET',
      `/api/events/${asks.email}`,
    );
    const told = events.filter(({ eventName }) => eventName === 'appointmentDeclined');
    assert.match(JSON.stringify(told), /"appointmentId":"a-1"/);
  },
  invitation: async () => {
    const lists: number[] = [];
    for (const name of ['Guests', 'Coming']) {
      const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name });
      lists.push(listId);
    }
    await make('invitation', { guests: lists[0], coming: lists[1] });
    const { email, phone } = await somebody();
    await program.call('POST', '/api/lists/subscribe', { listId: lists[0], subscribers: [{ email }] });
    const [invite] = await phones.hears(phone, 1);
    await phones.writes(phone, invite?.from ?? '', 'Yes!');
    assert.match((await heard(phone, 2)).at(-1) ?? '', /^Wonderful/);
    const size = await program.call<number>('GET', `/api/lists/${lists[1]}/size`);
    assert.equal(Number(size), 1);
  },
  orderConfirmation: async () => {
    const id = await make('orderConfirmation');
    const { email, phone } = await somebody();
    await buy(email, 42);
    assert.match((await heard(phone, 1)).at(-1) ?? '', /your order over 42/);
    await program.call('POST', `/api/journeys/${id}/stop`, {});
  },
  delivery: async () => {
    await make('delivery');
    const { email, phone } = await somebody();
    await track(email, 'orderShipped', { orderId: 'o-1' });
    await track(email, 'orderShipped', { orderId: 'o-2' });
    await phones.hears(phone, 2);
    await track(email, 'orderDelivered', { orderId: 'o-2' });
    assert.match((await heard(phone, 3)).at(-1) ?? '', /order o-2 has been delivered/);
  },
  alert: async () => {
    await make('alert');
    const { email, phone } = await somebody();
    await track(email, 'serviceAlert', { text: 'no water from 9 to 12' });
    assert.match((await heard(phone, 1)).at(-1) ?? '', /please note, no water/);
  },
  passwordReset: async () => {
    await make('passwordReset');
    const { email, phone } = await somebody();
    await track(email, 'passwordResetRequested', { link: 'https://shop.example/reset/1' });
    assert.match((await heard(phone, 1)).at(-1) ?? '', /set a new password here/);
  },
  backInStock: async () => {
    await program.call('POST', '/api/catalogs/products');
    await program.call('PUT', '/api/catalogs/products/items/cup', { value: { stock: 0 } });
    await program.call('POST', '/api/catalogs/products/alerts', {
      name: 'Back in stock',
      when: { field: 'stock', becomes: { moreThan: 0 } },
      who: [{ event: 'notifyMe', field: 'sku', days: 90 }],
    });
    const picture = new FormData();
    picture.set('file', new Blob([smallPng], { type: 'image/png' }), 'cup.png');
    const { url } = (await (
      await fetch(`${program.url}/api/media`, {
        ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: picture },
      })
    ).json()) as { url: string };
    await make('backInStock', { image: url });
    const { email, phone } = await somebody();
    await track(email, 'notifyMe', { sku: 'cup' });
    await program.call('PATCH', '/api/catalogs/products/items/cup', { update: { stock: 5 } });
    assert.equal((await phones.hears(phone, 1))[0]?.wire, 'meta');
  },
};

/** One transparent point. */
const smallPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('each ready-made journey has a trial, and no trial is of none', async () => {
  const { readyMade } = await program.call<{ readyMade: { id: string }[] }>('GET', '/api/journeys/readyMade');
  assert.deepEqual(readyMade.map(({ id }) => id).sort(), Object.keys(trials).sort());
});

test('answers that do not fit are refused, all at once, and nothing is made', async () => {
  const answers = { days: 0, at: '25:00', list: 3 };
  await assert.rejects(make('welcome', answers), (error: Error) => {
    assert.match(error.message, /"answers\.days","fault":"must be a whole number from 1 to 3,650"/);
    assert.match(error.message, /"answers\.at","fault":"must be a time of the day: 09:30"/);
    assert.match(error.message, /"answers\.list","fault":"answers no question/);
    return true;
  });
  await assert.rejects(make('welcome', { second: '{{#if}}' }), /InvalidTemplate/);
  const { journeys } = await program.call<{ journeys: unknown[] }>('GET', '/api/journeys');
  const { templates } = await program.call<{ templates: { name: string }[] }>('GET', '/api/templates');
  assert.deepEqual([journeys, templates.filter(({ name }) => name.startsWith('Welcome'))], [[], []]);
});

for (const [id, trial] of Object.entries(trials))
  test(`ready-made: ${id}`, async () => {
    // At eleven in the morning, which no law forbids.
    const now = program.clock.now().getTime();
    program.clock.advance((11 * hourMs - (now % dayMs) + dayMs) % dayMs || 0);
    await trial();
  });
