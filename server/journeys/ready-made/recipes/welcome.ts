import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** Who opts in, and has confirmed it where that is asked, is welcomed. */
export const welcome: ReadyMade = {
  id: 'welcome',
  name: 'Welcome',
  summary:
    'Whoever opts in to your texts is welcomed, and hears from you once more some days later. With double opt-in on the message type they are welcomed when they have confirmed.',
  questions: [
    {
      name: 'messageType',
      label: 'What they opt in to',
      kind: 'messageType',
      medium: 'sms',
      purpose: 'promotional',
    },
    {
      ...{ name: 'welcome', label: 'The welcome', kind: 'message' },
      hint: 'US carriers want brand, how many texts, rates, HELP and STOP in the first one (CTIA Messaging Principles 5.1.2.1)',
      usually:
        'Welcome to {{brandName}}! Up to 4 texts a month. Msg&data rates may apply. Reply HELP for help, STOP to cancel.',
    },
    { name: 'days', label: 'Days until the second message', kind: 'days', usually: 3 },
    { name: 'at', label: 'At what time of the day', kind: 'time', usually: '10:00' },
    {
      ...{ name: 'second', label: 'The second message', kind: 'message' },
      usually: '{{brandName}}: new here? This is what others like best: https://shop.example/best',
    },
  ],
  messages: ({ text, number }) => [
    { key: 'welcome', messageTypeId: number('messageType'), text: text('welcome') },
    { key: 'second', messageTypeId: number('messageType'), text: text('second') },
  ],
  draw: ({ text, number }, template) =>
    journey('Welcome', ({ tile }) => ({
      entry: {
        on: { subscription: { messageTypeId: number('messageType'), what: 'optedIn' } },
        lifetime: 1,
      },
      tiles: [
        tile.send('welcome', { templateId: template('welcome') }),
        tile.wait('days', { days: number('days'), at: text('at') }),
        tile.send('second', { templateId: template('second') }),
      ],
    })),
};
