import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** On its way, and there. */
export const delivery: ReadyMade = {
  id: 'delivery',
  name: 'Delivery',
  summary: 'People hear when an order is on its way, and when it has come. Each order goes its own way.',
  questions: [
    { name: 'shipped', label: 'The event of a dispatch', kind: 'event', usually: 'orderShipped' },
    { name: 'delivered', label: 'The event of a delivery', kind: 'event', usually: 'orderDelivered' },
    { name: 'key', label: 'Their field that names the order', kind: 'field', usually: 'orderId' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'transactional' },
    {
      ...{ name: 'onItsWay', label: 'When it is on its way', kind: 'message' },
      usually: '{{brandName}}: your order {{orderId}} is on its way.',
    },
    {
      ...{ name: 'there', label: 'When it has come', kind: 'message' },
      usually: '{{brandName}}: your order {{orderId}} has been delivered. Enjoy it!',
    },
  ],
  messages: ({ text, number }) =>
    ['onItsWay', 'there'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text }, template) =>
    journey('Delivery', ({ tile }) => ({
      entry: { on: { event: { name: text('shipped') } }, key: text('key') },
      tiles: [
        tile.send('onItsWay', { templateId: template('onItsWay') }),
        tile.waitFor('delivered', {
          branches: [{ name: 'delivered', for: { event: { name: text('delivered') } }, next: 'there' }],
          since: 'entry',
          sameKey: text('key'),
          within: { hours: 24 * 30 },
          timeout: 'end',
        }),
        tile.send('there', { templateId: template('there') }),
      ],
    })),
};
