import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** A text, and on WhatsApp to who did not tap; over as soon as they buy. */
export const cartAbandonment: ReadyMade = {
  id: 'cartAbandonment',
  name: 'Cart abandonment',
  summary:
    'Who leaves a cart gets a text an hour later, and a message on WhatsApp a day after it if they did not tap; who may not be texted has it on WhatsApp at once. Whoever buys hears nothing more.',
  questions: [
    { name: 'event', label: 'The event of a cart that was left', kind: 'event', usually: 'cartAbandoned' },
    { name: 'first', label: 'Hours until the text', kind: 'hours', usually: 1 },
    { name: 'second', label: 'Hours until WhatsApp', kind: 'hours', usually: 24 },
    { name: 'textType', label: 'By text as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      name: 'chatType',
      label: 'On WhatsApp as',
      kind: 'messageType',
      medium: 'whatsApp',
      purpose: 'promotional',
    },
    {
      ...{ name: 'text', label: 'By text', kind: 'message' },
      usually: '{{brandName}}: your cart is still here: https://shop.example/cart',
    },
    {
      ...{ name: 'chat', label: 'On WhatsApp', kind: 'message' },
      usually: 'Still thinking about it? Your cart is kept for another day.',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'text', messageTypeId: number('textType'), text: text('text') },
    {
      ...{ key: 'chat', messageTypeId: number('chatType'), text: text('chat') },
      whatsApp: { button: { text: 'To my cart', url: 'https://shop.example/cart' } },
    },
  ],
  draw: ({ text, number }, template) =>
    journey('Cart abandonment', ({ tile }) => ({
      entry: { on: { event: { name: text('event') } }, apart: { hours: 24 } },
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      tiles: [
        tile.wait('pause', { for: { hours: number('first') } }),
        tile.send('text', { templateId: template('text'), skipped: 'chat' }),
        tile.waitFor('tap', {
          branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
          within: { hours: number('second') },
          timeout: 'chat',
        }),
        tile.send('chat', { templateId: template('chat') }),
      ],
    })),
};
