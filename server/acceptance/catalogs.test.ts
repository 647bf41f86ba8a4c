import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let people: Handsets;
before(async () => {
  program = await startTestProgram();
  people = handsets(program);
});
after(() => program.close());

const numbers = ['+14155550171', '+14155550172', '+14155550173', '+14155550174'] as const;

test('a campaign shows each person the item they looked at, skips whom it is gone for, and a segment asks about items', async () => {
  const { call } = program;
  await call('POST', '/api/catalogs/Drinks');
  await call('POST', '/api/catalogs/drinks/items', {
    documents: {
      mocha: { name: 'Mocha', price: 4.8, inStock: true },
      tea: { name: 'Tea', price: 3.5, inStock: true },
      milk: { name: 'Milk', price: 2.5, inStock: false },
    },
    replaceUploadedFieldsOnly: false,
  });
  const seen = ['mocha', 'tea', 'milk', 'cocoa'];
  const users = seen.map((sku, index) => ({
    userId: `u${index}`,
    dataFields: { phoneNumber: numbers[index], lastSku: sku },
  }));
  await call('POST', '/api/users/bulkUpdate', { users });
  const { messageTypeId } = (await typesByChannel(program)).get('SMS Transactional')!;
  await call('POST', '/api/consent', {
    consents: users.map(({ userId }) => ({
      ...{ userId, messageTypeId, method: 'webForm', source: 'https://example.com/join' },
    })),
  });
  for (const [index, sku] of seen.entries())
    await call('POST', '/api/events/track', {
      ...{ userId: `u${index}`, eventName: 'viewedProduct', dataFields: { sku } },
    });
  const { params } = await call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'drink', name: 'Drink', messageTypeId },
    message: 'Shop: {{#catalog "drinks" lastSku as |d|}}{{d.name}} is {{d.price}} now{{/catalog}}',
  });
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'All' });
  await call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: users.map(({ userId }) => ({ userId })),
  });
  const { campaignId } = await call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Drinks', templateId: params.templateId, listIds: [listId], scheduleSend: false },
  });
  const preview = await call<{ skip: { reason: string; detail: string } | null }>(
    ...(['POST', `/api/templates/sms/preview?templateId=${params.templateId}`] as const),
    { person: { recipientUserId: 'u3' } },
  );
  assert.deepEqual(preview.skip, { reason: 'missingCatalogItem', detail: 'drinks cocoa' });
  await call('POST', `/api/campaigns/${campaignId}/send`);
  for (const [index, words] of ['Mocha is 4.8 now', 'Tea is 3.5 now', 'Milk is 2.5 now'].entries())
    assert.equal((await people.hears(numbers[index] ?? '', 1))[0]?.body, `Shop: ${words}`);
  const skipped = await program.until('the skip', async () => {
    const { messages } = await call<{ messages: { skipReason: string; userId: string }[] }>(
      'GET',
      `/api/messages?campaignId=${campaignId}&status=skipped`,
    );
    return messages.length > 0 ? messages : null;
  });
  assert.deepEqual(
    skipped.map(({ skipReason }) => skipReason),
    ['missingCatalogItem'],
  );
  assert.equal((await people.heard(numbers[3])).length, 0);

  const where = {
    all: [
      { path: 'inStock', is: true },
      { path: 'price', lessThan: 4 },
    ],
  };
  const definition = {
    event: { name: 'viewedProduct', where: { path: 'sku', inCatalog: { catalog: 'drinks', where } } },
  };
  const segment = await call<{ id: number; sentence: string }>('POST', '/api/segments', {
    ...{ name: 'Cheap and there', definition },
  });
  assert.match(
    segment.sentence,
    /sku is an item of the catalog “drinks” of which holds: \(inStock is true and price is less than 4\)/,
  );
  const members = async () =>
    (await call<{ members: { userId: string }[] }>('GET', `/api/segments/${segment.id}/members`)).members.map(
      ({ userId }) => userId,
    );
  assert.deepEqual(await members(), ['u1']);
  await call('PATCH', '/api/catalogs/drinks/items/milk', { update: { inStock: true } });
  assert.deepEqual((await members()).sort(), ['u1', 'u2']);
  const { usedBy } = await call<{ usedBy: string[] }>('GET', '/api/catalogs/drinks/uses');
  assert.deepEqual(usedBy, [
    `template ${params.templateId} (Drink)`,
    `segment ${segment.id} (Cheap and there)`,
  ]);
  await assert.rejects(
    call('POST', '/api/segments', {
      ...{ name: 'x', definition: { field: { path: 'lastSku', inCatalog: { catalog: 'cars' } } } },
    }),
    /names the catalog cars, which this project does not have/,
  );
});
