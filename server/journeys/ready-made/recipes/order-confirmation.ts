import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** What was bought, confirmed at once. */
export const orderConfirmation: ReadyMade = {
  id: 'orderConfirmation',
  name: 'Order confirmation',
  summary: 'Each purchase is confirmed at once.',
  questions: [
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'transactional' },
    {
      ...{ name: 'confirmation', label: 'The confirmation', kind: 'message' },
      usually:
        '{{brandName}}: thank you. We have your order over {{total}} and will write again when it is on its way.',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'confirmation', messageTypeId: number('messageType'), text: text('confirmation') },
  ],
  draw: (_answers, template) =>
    journey('Order confirmation', ({ tile }) => ({
      entry: { on: { purchase: {} }, atOnce: 100 },
      tiles: [tile.send('confirmation', { templateId: template('confirmation') })],
    })),
};
