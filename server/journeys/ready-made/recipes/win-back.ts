import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Who has bought and comes no more. */
export const winBack: ReadyMade = {
  id: 'winBack',
  name: 'Win-back',
  summary:
    'Who has bought, and then nothing for a while, is asked to come back, and once more with an offer. A purchase in between begins the wait anew, and takes back what has not left.',
  questions: [
    { name: 'days', label: 'Days without a purchase', kind: 'days', usually: 60 },
    { name: 'pause', label: 'Days until the offer', kind: 'days', usually: 7 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'miss', label: 'The first message', kind: 'message' },
      usually: '{{brandName}}: we have not seen you for a while. This is new: https://shop.example/new',
    },
    {
      ...{ name: 'offer', label: 'The offer', kind: 'message' },
      usually: '{{brandName}}: come back with 15% off: https://shop.example/back',
    },
  ],
  messages: ({ text, number }) =>
    ['miss', 'offer'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ number }, template) =>
    journey('Win-back', ({ tile }) => ({
      entry: { on: { purchase: {} } },
      // The purchase that lets them in does not count, and a later one lets them in anew.
      exits: [{ name: 'bought', purchase: {} }],
      longestLifeDays: 3_650,
      tiles: [
        tile.wait('quiet', { days: number('days') }),
        tile.send('miss', { templateId: template('miss') }),
        tile.wait('back', { days: number('pause') }),
        tile.send('offer', { templateId: template('offer') }),
      ],
    })),
};
