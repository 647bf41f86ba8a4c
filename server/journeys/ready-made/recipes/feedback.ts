import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** A mark from 1 to 5 by reply, with an answer to each. */
export const feedback: ReadyMade = {
  id: 'feedback',
  name: 'Feedback',
  summary:
    'Some days after a delivery people are asked for a mark from 1 to 5 by reply. Whether it was a good one stands in their profile (lastFeedback); the happy are thanked, and of the others an event tells you (unhappyFeedback). A reply that is more than a mark is not taken for one.',
  questions: [
    { name: 'event', label: 'The event that begins it', kind: 'event', usually: 'orderDelivered' },
    { name: 'days', label: 'Days later', kind: 'days', usually: 2 },
    { name: 'at', label: 'At what time of the day', kind: 'time', usually: '11:00' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'question', label: 'The question', kind: 'message' },
      usually: '{{brandName}}: how did we do? Reply with a number from 1 (badly) to 5 (very well).',
    },
    {
      ...{ name: 'thanks', label: 'To who says 4 or 5', kind: 'message' },
      usually: 'Thank you! That makes our day.',
    },
    {
      ...{ name: 'sorry', label: 'To who says 1 to 3', kind: 'message' },
      usually: 'We are sorry, and thank you for telling us.',
    },
  ],
  messages: ({ text, number }) =>
    ['question', 'thanks', 'sorry'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text, number }, template) =>
    journey('Feedback', ({ tile }) => ({
      entry: { on: { event: { name: text('event') } }, apart: { hours: 24 * 30 } },
      tiles: [
        tile.wait('days', { days: number('days'), at: text('at') }),
        tile.send('question', { templateId: template('question'), skipped: 'end' }),
        tile.waitFor('mark', {
          branches: [
            { name: 'happy', for: { reply: { keywords: ['4', '5', 'four', 'five'] } }, next: 'praise' },
            {
              name: 'unhappy',
              for: { reply: { keywords: ['1', '2', '3', 'one', 'two', 'three'] } },
              next: 'blame',
            },
          ],
          within: { hours: 72 },
          timeout: 'end',
        }),
        tile.updateProfile('praise', { set: { lastFeedback: 'happy' } }),
        tile.send('thanks', { templateId: template('thanks'), next: 'end' }),
        tile.updateProfile('blame', { set: { lastFeedback: 'unhappy' } }),
        tile.trackEvent('tell', { name: 'unhappyFeedback' }),
        tile.send('sorry', { templateId: template('sorry') }),
      ],
    })),
};
