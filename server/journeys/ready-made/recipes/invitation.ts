import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';
import { no, yes } from './replies.ts';

/** Who comes, asked and counted by reply. */
export const invitation: ReadyMade = {
  id: 'invitation',
  name: 'Event invitation',
  summary:
    'Whoever comes onto a list of guests is invited and answers by reply; who says yes goes onto another list, who says neither yes nor no is asked once more.',
  questions: [
    { name: 'guests', label: 'The list of those to be invited', kind: 'list' },
    { name: 'coming', label: 'The list of those who come', kind: 'list' },
    { name: 'hours', label: 'Hours until they are asked again', kind: 'hours', usually: 48 },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'promotional' },
    {
      ...{ name: 'invite', label: 'The invitation', kind: 'message' },
      usually: '{{brandName}}: you are invited! Reply YES to come, NO if you cannot.',
    },
    {
      ...{ name: 'again', label: 'Once more', kind: 'message' },
      usually: '{{brandName}}: shall we keep a place for you? Reply YES or NO.',
    },
    {
      ...{ name: 'thanks', label: 'To who says yes', kind: 'message' },
      usually: 'Wonderful, we look forward to seeing you.',
    },
  ],
  messages: ({ text, number }) =>
    ['invite', 'again', 'thanks'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ number }, template) => {
    const answers = [
      { name: 'yes', for: { reply: { keywords: yes } }, next: 'onto' },
      { name: 'no', for: { reply: { keywords: no } }, next: 'end' },
    ];
    return journey('Event invitation', ({ tile }) => ({
      entry: { on: { list: { id: number('guests'), what: 'entered' } }, lifetime: 1 },
      tiles: [
        tile.send('invite', { templateId: template('invite'), skipped: 'end' }),
        tile.waitFor('answer', {
          branches: answers,
          within: { hours: number('hours') },
          timeout: 'again',
        }),
        tile.send('again', { templateId: template('again'), skipped: 'end' }),
        tile.waitFor('lastAnswer', {
          branches: answers,
          within: { hours: number('hours') },
          timeout: 'end',
        }),
        tile.list('onto', { what: 'add', listId: number('coming') }),
        tile.send('thanks', { templateId: template('thanks') }),
      ],
    }));
  },
};
