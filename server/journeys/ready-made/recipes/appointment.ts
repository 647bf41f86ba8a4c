import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';

/** A reminder on the day before, which is answered with YES or NO. */
export const appointment: ReadyMade = {
  id: 'appointment',
  name: 'Appointment reminder',
  summary:
    'On the day before an appointment people are reminded, and confirm or cancel by reply; an event tells you which. Each appointment has a reminder of its own, and one that is cancelled has none.',
  questions: [
    { name: 'event', label: 'The event of a booking', kind: 'event', usually: 'appointmentBooked' },
    {
      ...{ name: 'key', label: 'Its field that names the appointment', kind: 'field' },
      usually: 'appointmentId',
    },
    { name: 'date', label: 'Its field with day and time', kind: 'field', usually: 'startsAt' },
    {
      name: 'cancelled',
      label: 'The event of a cancellation',
      kind: 'event',
      usually: 'appointmentCancelled',
    },
    { name: 'at', label: 'Reminded at, on the day before', kind: 'time', usually: '10:00' },
    { name: 'messageType', label: 'Sent as', kind: 'messageType', medium: 'sms', purpose: 'transactional' },
    {
      ...{ name: 'reminder', label: 'The reminder', kind: 'message' },
      usually: 'Your appointment is tomorrow, {{firstName}}. Reply YES to confirm, NO to cancel.',
    },
    {
      ...{ name: 'confirmed', label: 'To who says yes', kind: 'message' },
      usually: 'Thank you, we look forward to seeing you.',
    },
    {
      ...{ name: 'freed', label: 'To who says no', kind: 'message' },
      usually: 'Your appointment is cancelled. Call us for another one.',
    },
  ],
  messages: ({ text, number }) =>
    ['reminder', 'confirmed', 'freed'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text }, template) =>
    journey('Appointment reminder', ({ tile }) => ({
      entry: { on: { event: { name: text('event') } }, key: text('key') },
      exits: [{ name: 'cancelled', event: { name: text('cancelled') }, sameKey: text('key') }],
      tiles: [
        tile.wait('dayBefore', {
          untilDate: { path: text('date'), of: 'entry', days: -1, at: text('at'), ifPast: 'skip' },
          skipped: 'end',
          noDate: 'end',
        }),
        tile.send('reminder', { templateId: template('reminder'), skipped: 'end' }),
        tile.waitFor('answer', {
          branches: [
            { name: 'yes', for: { reply: { contains: ['yes'] } }, next: 'tellYes' },
            { name: 'no', for: { reply: { contains: ['no'] } }, next: 'tellNo' },
          ],
          within: { hours: 36 },
          timeout: 'end',
        }),
        tile.trackEvent('tellYes', { name: 'appointmentConfirmed' }),
        tile.send('confirmed', { templateId: template('confirmed'), next: 'end' }),
        tile.trackEvent('tellNo', { name: 'appointmentDeclined' }),
        tile.send('freed', { templateId: template('freed') }),
      ],
    })),
};
