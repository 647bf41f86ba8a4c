import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Something that people have to know at once, if they are to know it at all. */
export const alert: ReadyMade = {
  id: 'alert',
  name: 'Alert',
  summary:
    'Whoever is concerned by an event is told at once: a delay, an outage, a payment that failed. What could not leave within its time is not sent late.',
  questions: [
    { name: 'event', label: 'The event that concerns them', kind: 'event', usually: 'serviceAlert' },
    { name: 'hours', label: 'Of no use any more after hours', kind: 'hours', usually: 6 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'transactional' },
    {
      ...{ name: 'alert', label: 'The alert', kind: 'message' },
      usually: '{{brandName}}: please note, {{text}}',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'alert', messageTypeId: number('messageType'), text: text('alert') },
  ],
  draw: ({ text, number }, template) =>
    journey('Alert', ({ tile }) => ({
      entry: {
        on: { event: { name: text('event') } },
        atOnce: 10,
        oldest: { hours: number('hours') },
      },
      tiles: [
        tile.send('alert', { templateId: template('alert'), before: { within: { hours: number('hours') } } }),
      ],
    })),
};
