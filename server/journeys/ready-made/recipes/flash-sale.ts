import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** A sale of a few hours, and a last call to who has not looked. */
export const flashSale: ReadyMade = {
  id: 'flashSale',
  name: 'Flash sale',
  summary:
    'At its hour a list hears of a sale; whoever has not tapped is told once more before it is over, and nobody hears of it afterwards.',
  questions: [
    { name: 'list', label: 'Who hears of it', kind: 'list' },
    { name: 'at', label: 'When it begins', kind: 'moment', usually: 'tomorrow' },
    { name: 'hours', label: 'For how many hours', kind: 'hours', usually: 6 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'sale', label: 'The message', kind: 'message' },
      usually: '{{brandName}}: for the next hours everything is 30% off: https://shop.example/sale',
    },
    {
      ...{ name: 'lastCall', label: 'The last call', kind: 'message' },
      usually: '{{brandName}}: last call, the sale is over soon. https://shop.example/sale',
    },
  ],
  messages: ({ text, number }) =>
    ['sale', 'lastCall'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text, number }, template, timeZone) => {
    const minutes = number('hours') * 60;
    const half = Math.floor(minutes / 2);
    const begins = Temporal.PlainDateTime.from(text('at')).toZonedDateTime(timeZone);
    const after = (later: number) => ({
      date: begins.add({ minutes: later }).toPlainDateTime().toString({ smallestUnit: 'minute' }),
      zone: timeZone,
    });
    return journey('Flash sale', ({ tile }) => ({
      entry: { on: { schedule: { at: text('at'), zone: timeZone, listIds: [number('list')] } } },
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      tiles: [
        tile.send('sale', {
          templateId: template('sale'),
          before: after(minutes - half),
          skipped: 'end',
        }),
        tile.waitFor('tap', {
          branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
          within: { minutes: half },
          timeout: 'lastCall',
        }),
        tile.send('lastCall', {
          templateId: template('lastCall'),
          before: after(minutes),
        }),
      ],
    }));
  },
};
