import { tellingDigits } from './place/number-places.ts';
import { placeKey } from './place/place-key.ts';
import { type PlaceEvidence, resolvePlaces } from './place/resolve-places.ts';

const keptAtMost = 50_000;

/** Profile fields that say where a person is, the most telling first; folded as `foldName` does. */
const evidenceFields = {
  country: ['country', 'shippingcountry', 'billingcountry', 'countrycode'],
  region: ['region', 'state', 'province', 'shippingstate', 'shippingregion', 'billingstate'],
  city: ['city', 'shippingcity', 'billingcity'],
  postalCode: ['postalcode', 'zip', 'zipcode', 'postcode', 'shippingpostalcode', 'shippingzip', 'billingzip'],
  timeZone: ['timezone', 'tz'],
} as const satisfies Partial<Record<keyof PlaceEvidence, readonly string[]>>;

const addressFields = new Set(['address', 'shippingaddress', 'billingaddress']);
const telling = new Set<string>([...Object.values(evidenceFields).flat(), ...addressFields]);

const foldedNames = new Map<string, string>();

/** A field's name as it is compared; projects have few, and profiles many. */
function foldName(name: string): string {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  const folded = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (foldedNames.size >= keptAtMost) foldedNames.clear();
  foldedNames.set(name, folded);
  return folded;
}

/** Whether a change of this field may change where we think the person is. */
export function tellsPlace(field: string): boolean {
  return telling.has(foldName(field));
}

/** A user's place as it is stored: every place it may be, as one key, and how sure we are. */
export interface StoredPlace {
  placeKey: string;
  placeCertainty: string;
}

// Many people have a place in common, and resolving is pure.
const keptPlaces = new Map<string, StoredPlace>();

/**
 * Where a person may be, by phone number and profile. Of a person without a number, a WhatsApp user id names the
 * country that its number is of (`US.1349…`, Meta's business-scoped user ids).
 */
export function placeOf(
  phone: string | null,
  whatsAppUserId: string | null,
  profile: Record<string, unknown>,
): StoredPlace {
  const stated = profileEvidence(profile);
  const byUserId = phone === null ? whatsAppUserId?.match(/^([A-Z]{2})\./)?.[1] : undefined;
  const evidence: PlaceEvidence = {
    phone: phone ?? undefined,
    ...stated,
    country: stated.country ?? byUserId,
  };
  const { country, region, postalCode, timeZone } = evidence;
  const text = JSON.stringify([phone && tellingDigits(phone), country, region, postalCode, timeZone]);
  const kept = keptPlaces.get(text);
  if (kept) return kept;
  const { places, certainty } = resolvePlaces(evidence);
  const place = { placeKey: placeKey(places), placeCertainty: certainty };
  if (keptPlaces.size >= keptAtMost) keptPlaces.clear();
  keptPlaces.set(text, place);
  return place;
}

/** The country that a profile states, as it stands there. */
export function statedCountry(profile: Record<string, unknown>): string | undefined {
  return profileEvidence(profile).country;
}

function profileEvidence(profile: Record<string, unknown>): PlaceEvidence {
  const found = new Map<string, string>();
  const take = (source: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(source)) {
      const fold = foldName(name);
      if (addressFields.has(fold) && isObject(value)) continue;
      if ((typeof value === 'string' || typeof value === 'number') && telling.has(fold) && !found.has(fold))
        found.set(fold, String(value).trim());
    }
  };
  take(profile);
  for (const [name, value] of Object.entries(profile))
    if (addressFields.has(foldName(name)) && isObject(value)) take(value);
  const first = (names: readonly string[]) => names.map((name) => found.get(name)).find((value) => value);
  return {
    country: first(evidenceFields.country),
    region: first(evidenceFields.region),
    city: first(evidenceFields.city),
    postalCode: first(evidenceFields.postalCode),
    timeZone: first(evidenceFields.timeZone),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
