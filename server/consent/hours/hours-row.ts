/**
 * Minutes of the local day in which a first message may leave, as [start, end): `[480, 1200]` is 08:00:00 to
 * 19:59:59. `null` is no minute of that day.
 */
export type DayHours = readonly [start: number, end: number] | null;

/** The hours of one rule by kind of day. `holiday: 'as the day'` says that holidays change nothing. */
export interface HoursByDay {
  readonly weekday: DayHours;
  readonly saturday: DayHours;
  readonly sunday: DayHours;
  readonly holiday: DayHours | 'as the day';
}

/**
 * Which days are holidays to a rule: the public holidays of the place's region (every region's where the region
 * is not known), or only the nation's; and further days of the year as MM-DD.
 */
export interface HolidayCalendar {
  readonly public: 'region' | 'nation';
  readonly also: readonly string[];
}

/** At most so many promotional messages to one person within so many rolling hours. */
export interface Cap {
  readonly messages: number;
  readonly hours: number;
  /** `same subject`: the law counts messages on one subject; we count all, which is stricter. */
  readonly scope: 'any subject' | 'same subject';
}

/**
 * `law`: always kept. `caution`: kept unless the project switches cautious rules off. `off`: recorded so that
 * people see it was considered; never kept.
 */
export type Applies = 'law' | 'caution' | 'off';

/** What stands behind a rule. */
export type RuleKind =
  | 'law'
  | 'regulator'
  | 'carrier'
  | 'self-regulation'
  | 'borrowed voice law'
  | 'our default';

/** `seen`: a page that says so was found. `known`: from knowledge, sure. `unsure`: weak or contradicting. */
export type Certainty = 'seen' | 'known' | 'unsure';

/** One rule on the hours of promotional texts (SMS and WhatsApp alike), at one place, over one span of time. */
export interface HoursRow {
  /** ISO 3166-1 code; `*` for a rule of last resort. */
  readonly country: string;
  /** ISO 3166-2 code without the country, or null for the whole country. */
  readonly region: string | null;
  readonly hours: HoursByDay;
  /** null where holidays change nothing. */
  readonly holidays: HolidayCalendar | null;
  readonly cap: Cap | null;
  readonly applies: Applies;
  readonly kind: RuleKind;
  /** The law, code or notice, by its name. */
  readonly law: string;
  /** Where the figures were read. */
  readonly source: string;
  readonly certainty: Certainty;
  /** First local day in force, YYYY-MM-DD; null when it was in force before this table began. */
  readonly from: string | null;
  /** First local day no longer in force, or null. */
  readonly until: string | null;
  /** What frees a sender from the rule by its own text. We do not act on it: it is shown to people. */
  readonly lifts: string | null;
  readonly note: string | null;
}

/** What a row has when it says nothing else. */
export const plainRow = {
  region: null,
  holidays: null,
  cap: null,
  applies: 'law',
  certainty: 'seen',
  from: null,
  until: null,
  lifts: null,
  note: null,
} as const satisfies Partial<HoursRow>;

/** The public holidays of the place's region, and further days as MM-DD. */
export function publicHolidays(...also: string[]): HolidayCalendar {
  return { public: 'region', also };
}

/** The span of a day from one hour to another; halves are half hours (`span(9, 21.5)` ends at 21:30). */
export function span(start: number, end: number): DayHours {
  return [start * 60, end * 60];
}

/** The same hours on all days, holidays among them. */
export function everyDay(start: number, end: number): HoursByDay {
  const hours = span(start, end);
  return { weekday: hours, saturday: hours, sunday: hours, holiday: 'as the day' };
}
