import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** The link by which somebody sets a new password. */
export const passwordReset: ReadyMade = {
  id: 'passwordReset',
  name: 'Password reset',
  summary:
    'Whoever asks for a new password gets the link that comes with the event, at once; a link that is no good any more is not sent.',
  questions: [
    { name: 'event', label: 'The event', kind: 'event', usually: 'passwordResetRequested' },
    { name: 'hours', label: 'Hours for which the link is good', kind: 'hours', usually: 1 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'transactional' },
    {
      ...{ name: 'link', label: 'The message', kind: 'message' },
      usually: '{{brandName}}: set a new password here: {{link}} If you did not ask for it, leave it.',
    },
  ],
  messages: ({ text, number }) => [{ key: 'link', messageTypeId: number('messageType'), text: text('link') }],
  draw: ({ text, number }, template) =>
    journey('Password reset', ({ tile }) => ({
      entry: { on: { event: { name: text('event') } }, atOnce: 10, oldest: { hours: number('hours') } },
      tiles: [
        tile.send('link', { templateId: template('link'), before: { within: { hours: number('hours') } } }),
      ],
    })),
};
