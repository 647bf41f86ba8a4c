import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Who has bought and comes no more. */
export const winBack: ReadyMade = {
  id: 'winBack',
  name: 'Win-back',
  summary:
    'Who has bought, and then nothing for a while, is asked to come back, and once more with an offer. A purchase in between begins the wait anew.',
  questions: [
    { name: 'days', label: 'Days without a purchase', kind: 'days', usually: 60 },
    { name: 'pause', label: 'Days until the offer', kind: 'days', usually: 7 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'miss', label: 'The first message', kind: 'message' },
      usually: 'We have not seen you for a while, {{firstName}}. This is new: https://shop.example/new',
    },
    {
      ...{ name: 'offer', label: 'The offer', kind: 'message' },
      usually: 'Come back with 15% off: https://shop.example/back',
    },
  ],
  messages: ({ text, number }) =>
    ['miss', 'offer'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ number }, template) =>
    journey('Win-back', ({ tile }) => ({
      entry: { on: { purchase: {} } },
      longestLifeDays: 3_650,
      tiles: [
        tile.waitFor('quiet', {
          branches: [{ name: 'bought', for: { purchase: {} }, next: 'quiet' }],
          since: 'arrival',
          within: { hours: number('days') * 24 },
          timeout: 'miss',
        }),
        tile.send('miss', { templateId: template('miss') }),
        tile.waitFor('back', {
          branches: [{ name: 'bought', for: { purchase: {} }, next: 'quiet' }],
          since: 'arrival',
          within: { hours: number('pause') * 24 },
          timeout: 'offer',
        }),
        tile.send('offer', { templateId: template('offer') }),
      ],
    })),
};
