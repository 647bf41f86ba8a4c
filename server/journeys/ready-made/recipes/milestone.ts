import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Somebody has come to a number worth a word. */
export const milestone: ReadyMade = {
  id: 'milestone',
  name: 'Milestone',
  summary:
    'Whoever has come to a number, of points or of orders, when it changes is congratulated, once; also whoever had passed it before the journey was published, at the next change. Who is new with it is not.',
  questions: [
    {
      ...{ name: 'field', label: 'The field that counts', hint: 'The message names it too', kind: 'field' },
      usually: 'points',
    },
    { name: 'atLeast', label: 'The number to reach', kind: 'number', usually: 1_000 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'praise', label: 'The message', kind: 'message' },
      usually:
        '{{brandName}}: you have {{points}} points now. Choose something nice: https://shop.example/rewards',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'praise', messageTypeId: number('messageType'), text: text('praise') },
  ],
  draw: ({ text, number }, template) =>
    journey('Milestone', ({ tile }) => ({
      entry: {
        on: { profile: { fields: [text('field')], newPeople: 'not' } },
        only: { field: { path: text('field'), atLeast: number('atLeast') } },
        lifetime: 1,
      },
      tiles: [tile.send('praise', { templateId: template('praise') })],
    })),
};
