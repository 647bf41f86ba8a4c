/** Meta's words for a number, in the reader's; one that is new stands as it is. */
const say = (words: Readonly<Record<string, string>>) => (word: string) =>
  words[word] ?? word.replaceAll('_', ' ').toLowerCase();

/** Where the display name stands. */
export const nameStatusWords = say({
  APPROVED: 'approved',
  DECLINED: 'declined by Meta',
  PENDING_REVIEW: 'being looked at by Meta',
  AVAILABLE_WITHOUT_REVIEW: 'taken without a look',
  EXPIRED: 'no longer approved: register the number again',
  NONE: 'not yet looked at',
});

/** How good people find its messages. */
export const qualityWords = say({ GREEN: 'High', YELLOW: 'Medium', RED: 'Low', UNKNOWN: 'Not yet known' });

/** How many people may be written to in 24 hours who have not written themselves. */
export const limitWords = say({
  '': 'not told',
  TIER_50: '50 people a day',
  TIER_250: '250 people a day',
  TIER_1K: '1,000 people a day',
  TIER_2K: '2,000 people a day',
  TIER_10K: '10,000 people a day',
  TIER_100K: '100,000 people a day',
  TIER_UNLIMITED: 'no limit',
  UNLIMITED: 'no limit',
});

/** Where the application for the official badge stands. */
export const badgeWords = say({
  NOT_STARTED: 'not applied for',
  PENDING: 'being looked at by Meta',
  APPROVED: 'granted',
  REJECTED: 'refused',
  CANCELLED: 'withdrawn',
});

/** What a business does, as Meta lists it. */
export const verticals: readonly { value: string; label: string }[] = [
  ['AUTO', 'Cars'],
  ['BEAUTY', 'Beauty and cosmetics'],
  ['APPAREL', 'Clothing'],
  ['EDU', 'Education'],
  ['ENTERTAIN', 'Arts and entertainment'],
  ['EVENT_PLAN', 'Events'],
  ['FINANCE', 'Finance'],
  ['GROCERY', 'Groceries'],
  ['GOVT', 'Government'],
  ['HOTEL', 'Hotel'],
  ['HEALTH', 'Health'],
  ['NONPROFIT', 'Charity'],
  ['PROF_SERVICES', 'Professional services'],
  ['RETAIL', 'Shop'],
  ['TRAVEL', 'Travel and transport'],
  ['RESTAURANT', 'Restaurant'],
  ['ALCOHOL', 'Alcoholic drinks'],
  ['ONLINE_GAMBLING', 'Gambling online'],
  ['PHYSICAL_GAMBLING', 'Gambling on the spot'],
  ['OTC_DRUGS', 'Medicines without prescription'],
  ['NOT_A_BIZ', 'No business'],
  ['OTHER', 'Something else'],
].map(([value = '', label = '']) => ({ value, label }));
