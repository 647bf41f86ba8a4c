import { journey } from '../../builder/journey-builder.ts';
import type { ReadyMade } from '../ready-made.ts';
import { no, yes } from './replies.ts';

/** A reminder on the day before, which is answered with YES or NO. */
export const appointment: ReadyMade = {
  id: 'appointment',
  name: 'Appointment reminder',
  summary:
    'On the day before an appointment people are reminded, and say by reply whether they come; an event with the appointment’s name tells you which, or that they wrote something else, which a person has to read. Each appointment has a reminder of its own, one that is booked anew at its new time, and one that is cancelled has none.',
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
      usually: '{{brandName}}: your appointment is tomorrow. Reply YES if you come, NO if you cannot.',
    },
    {
      ...{ name: 'confirmed', label: 'To who says yes', kind: 'message' },
      usually: 'Thank you, we look forward to seeing you.',
    },
    {
      ...{ name: 'freed', label: 'To who says no', kind: 'message' },
      usually: 'Thank you for telling us. Call us for another appointment.',
    },
  ],
  messages: ({ text, number }) =>
    ['reminder', 'confirmed', 'freed'].map((key) => ({
      ...{ key, messageTypeId: number('messageType'), text: text(key) },
    })),
  draw: ({ text }, template) => {
    const key = text('key');
    const fromEntry = { [key]: [key] };
    const answers = [
      { name: 'yes', for: { reply: { keywords: yes } }, next: 'tellYes' },
      { name: 'no', for: { reply: { keywords: no } }, next: 'tellNo' },
    ];
    return journey('Appointment reminder', ({ tile }) => ({
      entry: { on: { event: { name: text('event') } }, key },
      exits: [
        { name: 'cancelled', event: { name: text('cancelled') }, sameKey: key },
        // The booking that lets them in does not count, and a later one lets them in anew.
        { name: 'bookedAnew', event: { name: text('event') }, sameKey: key },
      ],
      tiles: [
        tile.wait('dayBefore', {
          untilDate: { path: text('date'), of: 'entry', days: -1, at: text('at'), ifPast: 'skip' },
          skipped: 'end',
          noDate: 'end',
        }),
        tile.send('reminder', { templateId: template('reminder'), skipped: 'end' }),
        tile.waitFor('answer', {
          branches: [...answers, { name: 'something else', for: { reply: {} }, next: 'tellOther' }],
          within: { hours: 36 },
          timeout: 'end',
        }),
        tile.trackEvent('tellOther', { name: 'appointmentReplyUnclear', fromEntry }),
        tile.waitFor('later', {
          branches: answers,
          since: 'arrival',
          within: { hours: 36 },
          timeout: 'end',
        }),
        tile.trackEvent('tellYes', { name: 'appointmentConfirmed', fromEntry }),
        tile.send('confirmed', { templateId: template('confirmed'), next: 'end' }),
        tile.trackEvent('tellNo', { name: 'appointmentDeclined', fromEntry }),
        tile.send('freed', { templateId: template('freed') }),
      ],
    }));
  },
};
