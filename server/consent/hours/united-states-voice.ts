import { everyDay, type HoursRow, plainRow, publicHolidays, span } from './hours-row.ts';

const voice = { ...plainRow, country: 'US', kind: 'borrowed voice law' } as const satisfies Partial<HoursRow>;

/**
 * States whose law speaks of voice calls. Those on live calls are kept by caution; those on prerecorded
 * messages alone are recorded and not kept, so the federal window stands there. Figures read November 2026.
 */
export const unitedStatesVoice: readonly HoursRow[] = [
  {
    ...voice,
    region: 'WA',
    hours: everyDay(8, 20),
    applies: 'caution',
    law: 'RCW 80.36.390 as amended by HB 1497',
    source: 'wa-law.org/bill/2021-22/hb/1497; dwt.com washington-tcpa-telemarketing',
    from: '2022-06-09',
    lifts: 'customers of the last 12 months; requested calls',
    note: 'Texts fall under CEMA, RCW 19.190.060, which asks consent and sets no hours.',
  },
  {
    ...voice,
    region: 'AL',
    hours: { weekday: span(8, 20), saturday: span(8, 20), sunday: null, holiday: null },
    holidays: publicHolidays(),
    applies: 'caution',
    law: 'Ala. Code 8-19A; Ala. Admin. Code 770-X-5-.17',
    source: 'dnc.com 2019-january-restricted-call-dates; usestello.com/compliance',
    note: 'The ban on Sundays and holidays binds telephone utilities only.',
  },
  {
    ...voice,
    region: 'NV',
    hours: everyDay(9, 20),
    applies: 'caution',
    law: 'NRS 599B',
    source: 'dropcowboy.com',
  },
  {
    ...voice,
    region: 'MI',
    hours: everyDay(9, 21),
    applies: 'caution',
    law: 'MCL 750.540e',
    source: 'dropcowboy.com; mobileecosystemforum.com',
    note: 'SB 351, which names texts, is pending.',
  },
  {
    ...voice,
    region: 'NE',
    hours: { weekday: span(8, 21), saturday: span(8, 21), sunday: span(13, 21), holiday: span(13, 21) },
    holidays: publicHolidays(),
    applies: 'off',
    law: '291 Neb. Admin. Code 11 §3',
    source: 'leadmanagerhelp.clickpointsoftware.com 5753977',
    note: 'Prerecorded messages only.',
  },
  {
    ...voice,
    region: 'CA',
    hours: everyDay(9, 21),
    applies: 'off',
    law: 'Cal. PUC 2872',
    source: 'usestello.com; dropcowboy.com; glama.ai call-desk data set',
    note: 'Prerecorded messages only.',
  },
  {
    ...voice,
    region: 'IL',
    hours: everyDay(9, 21),
    applies: 'off',
    law: '815 ILCS 305',
    source: 'usestello.com; dropcowboy.com; glama.ai call-desk data set',
    note: 'Prerecorded messages only.',
  },
  {
    ...voice,
    region: 'ME',
    hours: { weekday: span(9, 17), saturday: null, sunday: null, holiday: 'as the day' },
    applies: 'off',
    law: '10 MRS 1498',
    source: 'usestello.com; dropcowboy.com; glama.ai call-desk data set',
    note: 'Prerecorded messages only.',
  },
];
