import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** What was bought is to be told of. */
export const review: ReadyMade = {
  id: 'review',
  name: 'Review',
  summary: 'Some days after a purchase people are asked for a review, and once more if they did not tap.',
  questions: [
    { name: 'days', label: 'Days after the purchase', kind: 'days', usually: 7 },
    { name: 'at', label: 'At what time of the day', kind: 'time', usually: '17:00' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'ask', label: 'The question', kind: 'message' },
      usually: '{{brandName}}: how do you like it? Tell others in a minute: https://shop.example/review',
    },
    {
      ...{ name: 'again', label: 'Once more', kind: 'message' },
      usually: '{{brandName}}: a line would help others to choose: https://shop.example/review',
    },
  ],
  messages: ({ text, number }) =>
    ['ask', 'again'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text, number }, template) =>
    journey('Review', ({ tile }) => ({
      entry: { on: { purchase: {} }, apart: { hours: 24 * 30 } },
      tiles: [
        tile.wait('days', { days: number('days'), at: text('at') }),
        tile.send('ask', { templateId: template('ask'), skipped: 'end' }),
        tile.waitFor('tap', {
          branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
          within: { hours: 72 },
          timeout: 'again',
        }),
        tile.send('again', { templateId: template('again') }),
      ],
    })),
};
