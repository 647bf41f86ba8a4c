import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SessionMessage, WhatsAppMessage } from '../../providers/whatsapp-message.ts';
import { startMetaLab } from '../../testing/meta-simulator.ts';
import { sessionLimits as limits, sessionMessageFaults } from './session-message-rules.ts';

/** Codes of Meta's for content that it does not take. */
const refusals = ['100', '131008', '131009'];

/** Texts about a limit: mostly within it, at times just at it, beyond it or empty. */
function textUpTo(most: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.string({ minLength: 1, maxLength: Math.min(most, 12) }) },
    { weight: 3, arbitrary: fc.constant('x'.repeat(most)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(most + 1)) },
    { weight: 1, arbitrary: fc.constantFrom('', '  ', ' x', '😀') },
  );
}

/** Lists about a limit, each entry made of its place, so that most are unlike. */
function listOf<T>(most: number, entry: (place: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc
    .oneof(
      { weight: 20, arbitrary: fc.integer({ min: 2, max: Math.min(most, 4) }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: most + 1 }) },
    )
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => entry(place))));
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const id = textUpTo(40);

/** Every kind of message, mostly as it may be. */
function messages(fileId: string, flowId: string): fc.Arbitrary<SessionMessage> {
  const file = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom({ link: 'https://shop.example/a.png' }, { id: fileId }) },
    { weight: 1, arbitrary: fc.constantFrom({ link: 'nowhere' }, { link: '' }, { id: '' }) },
  );
  const url = fc.oneof(
    { weight: 12, arbitrary: fc.webUrl() },
    { weight: 1, arbitrary: fc.constantFrom('', 'shop.example', 'tel:+1', 'https://') },
  );
  const textHeader = fc.record({ kind: fc.constant('text' as const), text: textUpTo(limits.header) });
  const header = maybe(
    fc.oneof(
      textHeader,
      fc.record({ kind: fc.constantFrom('image' as const, 'video' as const, 'document' as const), file }),
    ),
  );
  const frame = { body: textUpTo(limits.body), footer: maybe(textUpTo(limits.footer)) };
  const label = textUpTo(limits.label);
  const buttons = (longestId: number) =>
    listOf(limits.buttons, (place) =>
      fc.record({
        id: fc.oneof(
          { weight: 9, arbitrary: fc.constant(`id ${place}`) },
          { weight: 1, arbitrary: textUpTo(longestId) },
        ),
        title: fc.oneof(
          { weight: 9, arbitrary: fc.constant(`Title ${place}`) },
          { weight: 1, arbitrary: textUpTo(limits.label) },
        ),
      }),
    );
  const section = <T>(entries: fc.Arbitrary<T>) =>
    fc.record({ title: maybe(textUpTo(limits.sectionTitle)), entries });
  const kind = <Type extends string, Fields extends object>(
    type: Type,
    fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> },
  ) => fc.record({ type: fc.constant(type), ...fields });
  const address = fc.record({ name: maybe(id), inPinCode: maybe(textUpTo(limits.pinCode)) });
  const card = (isLink: boolean, place: number) =>
    fc.record({
      header: fc.record({ kind: fc.constantFrom('image' as const, 'video' as const), file }),
      body: maybe(fc.oneof(textUpTo(limits.cardBody), fc.constantFrom('a\nb\nc', 'a\r\nb', 'a\nb\nc\nd'))),
      action: isLink
        ? fc.record({ type: fc.constant('link' as const), label, url })
        : fc.record({
            type: fc.constant('replies' as const),
            buttons: fc.oneof(
              {
                weight: 9,
                arbitrary: fc.constant([{ id: `${place}`, title: 'Choose' }]),
              },
              { weight: 1, arbitrary: buttons(limits.cardButtonId) },
            ),
          }),
    });
  return fc.oneof(
    kind('text', { body: textUpTo(limits.text), previewUrl: maybe(fc.boolean()) }),
    kind('image', { file, caption: maybe(textUpTo(limits.caption)) }),
    kind('video', { file, caption: maybe(textUpTo(limits.caption)) }),
    kind('audio', { file, voice: maybe(fc.boolean()) }),
    kind('document', { file, caption: maybe(textUpTo(limits.caption)), filename: maybe(id) }),
    kind('sticker', { file }),
    kind('location', {
      latitude: fc.integer({ min: -95, max: 95 }),
      longitude: fc.integer({ min: -185, max: 185 }),
      name: maybe(id),
      address: maybe(id),
    }),
    kind('contacts', {
      contacts: listOf(limits.contacts, () =>
        fc.record({
          name: fc.record({ formattedName: id, firstName: maybe(id), lastName: maybe(id) }),
          phones: maybe(fc.constant([{ phone: '+12125550177', type: 'WORK' as const, waId: '12125550177' }])),
          birthday: maybe(fc.constantFrom('1990-12-31', '31.12.1990')),
        }),
      ),
    }),
    kind('reaction', { messageId: id, emoji: fc.constantFrom('👍', '❤️', '👩🏽‍🚀', '', 'x', '👍👍') }),
    kind('button', { header, ...frame, buttons: buttons(limits.buttonId) }),
    kind('list', {
      ...{ header: maybe(textHeader), ...frame, body: textUpTo(limits.listBody), label },
      sections: listOf(limits.sections, (at) =>
        section(
          listOf(limits.rows, (place) =>
            fc.record({
              id: fc.oneof({ weight: 9, arbitrary: fc.constant(`${at}.${place}`) }, textUpTo(limits.rowId)),
              title: textUpTo(limits.rowTitle),
              description: maybe(textUpTo(limits.rowDescription)),
            }),
          ),
        ).map(({ title, entries: rows }) => ({ title, rows })),
      ),
    }),
    kind('ctaUrl', { header, ...frame, label, url }),
    kind('locationRequest', { body: frame.body }),
    kind('addressRequest', {
      ...{ ...frame, country: fc.constant('IN' as const), values: maybe(address) },
      savedAddresses: maybe(listOf(3, () => fc.record({ id, value: address }))),
    }),
    kind('flow', {
      ...{ header, ...frame, label: textUpTo(limits.flowLabel), flow: fc.constant({ id: flowId }) },
      token: maybe(id),
      action: maybe(
        fc.oneof(
          fc.record({
            type: fc.constant('navigate' as const),
            screen: id,
            data: maybe(fc.constant({ offer: 'spring' })),
          }),
          fc.record({ type: fc.constant('dataExchange' as const) }),
        ),
      ),
    }),
    kind('product', {
      ...{ body: maybe(frame.body), footer: frame.footer, catalogId: id, productId: id },
    }),
    kind('productList', {
      ...{ header: textHeader, ...frame, catalogId: id },
      sections: listOf(limits.sections, () =>
        section(listOf(limits.products, () => id)).map(({ title, entries: productIds }) => ({
          title,
          productIds,
        })),
      ),
    }),
    kind('catalog', { ...frame, thumbnailProductId: maybe(id) }),
    kind('carousel', {
      body: frame.body,
      cards: fc.boolean().chain((isLink) => listOf(limits.cards, (place) => card(isLink, place))),
    }),
    kind('productCarousel', {
      ...{ body: frame.body, catalogId: id, productIds: listOf(limits.cards, () => id) },
    }),
  ) as fc.Arbitrary<SessionMessage>;
}

test('what the rules let pass Meta takes, and what they refuse it refuses, whatever the kind', async (t) => {
  const lab = await startMetaLab(t);
  const seen = new Map<string, { taken: number; refused: number }>();
  const quoting = fc.option(fc.constantFrom('wamid.1', ''), { nil: undefined, freq: 6 });
  await fc.assert(
    fc.asyncProperty(messages(lab.fileId, lab.flowId), quoting, async (message, replyTo) => {
      const content: WhatsAppMessage = { kind: 'whatsAppMessage', ...message };
      if (replyTo !== undefined) content.replyTo = replyTo;
      const faults = sessionMessageFaults(content);
      const result = await lab.send(content);
      const tally = seen.get(message.type) ?? { taken: 0, refused: 0 };
      seen.set(message.type, tally);
      if (faults.length === 0) {
        tally.taken++;
        assert.equal(result.outcome, 'accepted', JSON.stringify(result));
      } else {
        tally.refused++;
        assert.ok(result.outcome === 'refused', `taken in spite of ${JSON.stringify(faults)}`);
        assert.ok(refusals.includes(result.code), `${result.code} ${result.detail}`);
        for (const { field, fault } of faults) assert.ok(field !== '' && fault.length > 8);
      }
    }),
    { numRuns: 2_000 },
  );
  assert.equal(seen.size, 20);
  for (const [type, { taken, refused }] of seen)
    assert.ok(
      taken > 0 && (refused > 0 || type === 'sticker'),
      `${type}: ${taken} taken, ${refused} refused`,
    );
});
