import { type MetaError, metaError } from './errors.ts';
import { listAt, textAt } from './fields.ts';

/** Limits of a profile's texts (Meta, business profiles). */
const longest: Record<string, number> = { about: 139, address: 256, description: 512, email: 128 };
const verticals =
  'UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS'.split(
    ' ',
  );
const profileNames = [...Object.keys(longest), 'websites', 'vertical', 'profile_picture_handle'];

/** What Meta would refuse of a profile; null for nothing. */
export function profileFault(fields: Record<string, unknown>): MetaError | null {
  const unknown = Object.keys(fields).find((name) => ![...profileNames, 'messaging_product'].includes(name));
  if (unknown) return metaError(100, `Unexpected key "${unknown}" on param of a business profile`);
  for (const [name, most] of Object.entries(longest))
    if (textAt(fields, name).length > most)
      return metaError(100, `Param ${name} must be at most ${most} characters long`);
  if ('about' in fields && textAt(fields, 'about') === '') return metaError(100, 'Param about is empty');
  const websites = listAt(fields, 'websites').map(String);
  if (websites.length > 2 || websites.some((site) => site.length > 256 || !/^https?:\/\//.test(site)))
    return metaError(
      100,
      'Param websites: at most two addresses with http:// or https://, of 256 characters',
    );
  if ('vertical' in fields && !verticals.includes(textAt(fields, 'vertical')))
    return metaError(100, `Param vertical must be one of {${verticals.join(', ')}}`);
  return null;
}
