import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Somebody has come to a number worth a word. */
export const milestone: ReadyMade = {
  id: 'milestone',
  name: 'Milestone',
  summary: 'Whoever reaches a number, of points or of orders, is congratulated, once.',
  questions: [
    { name: 'field', label: 'The field that counts', kind: 'field', usually: 'points' },
    { name: 'atLeast', label: 'The number to reach', kind: 'number', usually: 1_000 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'praise', label: 'The message', kind: 'message' },
      usually:
        '{{firstName}}, you have {{points}} points now. Choose something nice: https://shop.example/rewards',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'praise', messageTypeId: number('messageType'), text: text('praise') },
  ],
  draw: ({ text, number }, template) =>
    journey('Milestone', ({ tile }) => ({
      entry: {
        on: { profile: { fields: [text('field')], newPeople: 'too' } },
        only: { field: { path: text('field'), atLeast: number('atLeast') } },
        lifetime: 1,
      },
      tiles: [tile.send('praise', { templateId: template('praise') })],
    })),
};
