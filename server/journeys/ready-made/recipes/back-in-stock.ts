import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Who waited for an item hears that it is there: by WhatsApp with its picture, else by text. */
export const backInStock: ReadyMade = {
  id: 'backInStock',
  name: 'Back in stock',
  summary:
    'Whoever asked for an item that had run out hears when it is back: on WhatsApp with its picture and a button, by text whoever is not reached there. The catalog needs an alert.',
  questions: [
    { name: 'catalog', label: 'The catalog', kind: 'catalog', usually: 'products' },
    {
      name: 'chatType',
      label: 'On WhatsApp as',
      kind: 'messageType',
      medium: 'whatsApp',
      purpose: 'promotional',
    },
    { name: 'textType', label: 'By text as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'image', label: 'Address of the picture', kind: 'link' },
      usually: 'https://shop.example/images/back.jpg',
    },
    {
      ...{ name: 'link', label: 'Where the button leads', kind: 'link' },
      usually: 'https://shop.example/items/{{itemId}}',
    },
    {
      ...{ name: 'chat', label: 'On WhatsApp', kind: 'message' },
      usually: 'Good news: what you waited for is back.',
    },
    {
      ...{ name: 'text', label: 'By text', kind: 'message' },
      usually: '{{brandName}}: what you waited for is back. https://shop.example/items/{{itemId}}',
    },
  ],
  messages: ({ text, number }) => [
    {
      ...{ key: 'chat', messageTypeId: number('chatType'), text: text('chat') },
      whatsApp: { image: text('image'), button: { text: 'Have a look', url: text('link') } },
    },
    { key: 'text', messageTypeId: number('textType'), text: text('text') },
  ],
  draw: ({ text, number }, template) =>
    journey('Back in stock', ({ tile }) => ({
      entry: { on: { catalogItem: { catalog: text('catalog') } }, key: 'itemId' },
      tiles: [
        tile.channelSplit('where', {
          branches: [{ name: 'WhatsApp', messageTypeId: number('chatType'), next: 'chat' }],
          otherwise: 'text',
        }),
        tile.send('chat', { templateId: template('chat'), next: 'end', skipped: 'text' }),
        tile.send('text', { templateId: template('text') }),
      ],
    })),
};
