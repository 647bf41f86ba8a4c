import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** A wish each year on the day. */
export const birthday: ReadyMade = {
  id: 'birthday',
  name: 'Birthday',
  summary:
    'Each year on their birthday people get a wish, at a decent hour where they are; never on the day after.',
  questions: [
    { name: 'field', label: 'The field with the birthday', kind: 'field', usually: 'birthday' },
    { name: 'at', label: 'At what time of the day', kind: 'time', usually: '10:00' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'wish', label: 'The wish', kind: 'message' },
      usually:
        'Happy birthday from {{brandName}}! Today everything is 20% off for you: https://shop.example/birthday',
    },
  ],
  messages: ({ text, number }) => [{ key: 'wish', messageTypeId: number('messageType'), text: text('wish') }],
  draw: ({ text }, template) =>
    journey('Birthday', ({ tile }) => ({
      entry: {
        on: { date: { path: text('field'), at: text('at'), yearly: true } },
        oldest: { hours: 6 },
      },
      tiles: [tile.send('wish', { templateId: template('wish'), before: { at: '23:59' } })],
    })),
};
