import { placeOfUrl } from '../../outbound/place.ts';
import { compileTemplate, fill, type TemplateData } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';

/** What of an address stands before its first field. */
export const fixedPart = (url: string): string => url.split('{{')[0] ?? '';

/** Why an address with fields in it cannot be called; null where it can. The host is fixed, since nobody's field may say where a call and its secrets go. Pure. */
export function addressFault(url: string): string | null {
  const fixed = fixedPart(url);
  if (url.includes('{{') && !/^https?:\/\/[^/?#]+[/?#]/i.test(fixed))
    return 'holds a field before its path; write the host as it is, and fields after it';
  try {
    compileTemplate(url, { mode: 'address' });
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  const place = placeOfUrl(fixed);
  return 'fault' in place ? place.fault : null;
}

/** A step of a path that leads nowhere or back, however it is written. */
const stepsBack = /^[^?#]*\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

/** An address with a person's fields in it, each encoded as one part of it. */
export function fillAddress(url: string, fields: TemplateData): { address: string } | { fault: string } {
  try {
    const compiled = compileTemplate(url, { mode: 'address' });
    const { text, missing } = fill(compiled, fields, { now: new Date(0) });
    if (missing.length > 0) return { fault: `asks for ${missing.join(', ')}, which this person has not` };
    // Whoever reads an address leaves these steps out, and what stands before them: it would lead elsewhere.
    if (stepsBack.test(text) && !stepsBack.test(url))
      return { fault: 'has a step of its path filled with “.” or “..” for this person' };
    return { address: text.trim() };
  } catch (error) {
    if (error instanceof TemplateError)
      return { fault: `has an address that cannot be filled: ${error.message}` };
    throw error;
  }
}
