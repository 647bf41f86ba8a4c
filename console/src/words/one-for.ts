import type { OneFor } from '../api/coupons.ts';

/** For what a person gets a code of their own, in words. */
export const oneForWords: Record<OneFor, string> = {
  person: 'One code for each person, the same in every campaign',
  campaign: 'One code for each person and campaign',
  message: 'A new code with each message',
};

/** The same for a choice. */
export const oneForChoices = (['person', 'campaign', 'message'] as const).map((value) => ({
  value,
  label: oneForWords[value],
}));
