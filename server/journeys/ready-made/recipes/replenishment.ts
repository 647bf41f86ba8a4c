import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** What is used up is to be bought again. */
export const replenishment: ReadyMade = {
  id: 'replenishment',
  name: 'Replenishment',
  summary:
    'When what somebody bought is used up about now, they are reminded to buy it again. A purchase before the reminder has left begins the time anew.',
  questions: [
    { name: 'days', label: 'Days until it is used up', kind: 'days', usually: 30 },
    { name: 'at', label: 'At what time of the day', kind: 'time', usually: '10:00' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'reminder', label: 'The reminder', kind: 'message' },
      usually: '{{brandName}}: running low? Order again in two taps: https://shop.example/again',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'reminder', messageTypeId: number('messageType'), text: text('reminder') },
  ],
  draw: ({ text, number }, template) =>
    journey('Replenishment', ({ tile }) => ({
      entry: { on: { purchase: {} } },
      // The purchase that lets them in does not count, and a later one lets them in anew.
      exits: [{ name: 'boughtAgain', purchase: {} }],
      longestLifeDays: 3_650,
      tiles: [
        tile.wait('used', { days: number('days'), at: text('at') }),
        tile.send('reminder', { templateId: template('reminder') }),
      ],
    })),
};
