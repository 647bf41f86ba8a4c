/*
 * What people write who say yes or no and nothing else. “No, 4 pm is fine” is neither: whoever reads a text that says more is a person, not a journey.
 */

/** Whole texts that mean yes. */
export const yes = [
  ...['yes', 'y', 'yes please', 'yes thanks', 'yes thank you', 'yep', 'yeah', 'ok', 'okay'],
  ...['confirm', 'confirmed', 'i confirm', 'i will come', 'ill be there'],
];

/** Whole texts that mean no. */
export const no = [
  'no',
  'n',
  'no thanks',
  'no thank you',
  'no sorry',
  'sorry no',
  'nope',
  'i cannot',
  'i cant',
];
