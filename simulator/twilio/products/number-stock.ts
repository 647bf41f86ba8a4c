import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Registry } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import type { Call, Route } from './call.ts';

/** What numbers can do. */
export const capabilities = { voice: true, sms: true, mms: true, fax: false };

/** Kinds of numbers a country may have in stock. */
const kinds = ['Local', 'TollFree', 'Mobile'] as const;
type Kind = (typeof kinds)[number];

interface Stock {
  name: string;
  /** By kind, the first digits of its numbers; the last two, or three, are counted up. */
  starts: Partial<Record<Kind, string[]>>;
  counted: number;
}

const ofPlan = (codes: number[]) => codes.map((code) => `+1${code}55501`);

/** Numbers kept free for fiction: NANPA 555-01xx, Ofcom's drama numbers, Arcep's for audiovisual works. */
const stock: Record<string, Stock> = {
  US: {
    name: 'United States',
    starts: {
      Local: ofPlan([415, 212, 312, 206, 512, 305, 617, 702]),
      TollFree: ofPlan([800, 833, 844, 855, 866, 877, 888]),
    },
    counted: 2,
  },
  CA: {
    name: 'Canada',
    starts: { Local: ofPlan([416, 604, 514]), TollFree: ofPlan([800, 833, 844, 855, 866, 877, 888]) },
    counted: 2,
  },
  GB: {
    name: 'United Kingdom',
    starts: { Local: ['+442079460'], Mobile: ['+447700900'] },
    counted: 3,
  },
  FR: { name: 'France', starts: { Mobile: ['+3363998000'] }, counted: 2 },
};

/** The numbers of a kind that nobody has, of one area code when that is asked for. */
export function freeNumbers(
  registry: Registry,
  country: string,
  kind: Kind,
  { area, contains }: { area?: string | null; contains?: string | null },
): string[] {
  const { starts, counted } = stock[country] ?? { starts: {}, counted: 0 };
  const pattern = contains ? new RegExp(contains.replace(/[^\d*]/g, '').replaceAll('*', '\\d')) : null;
  const found: string[] = [];
  for (const start of starts[kind] ?? [])
    for (let place = 0; place < 10 ** counted; place += 1) {
      const number = start + String(place).padStart(counted, '0');
      if (area && !number.startsWith(`+1${area}`)) continue;
      if (pattern && !pattern.test(number)) continue;
      if (!registry.numbers.has(number)) found.push(number);
    }
  return found;
}

function countryJson(call: Call, code: string): Record<string, unknown> {
  const { name, starts } = stock[code]!;
  const uri = `/2010-04-01/Accounts/${call.account.sid}/AvailablePhoneNumbers/${code}`;
  const listed = Object.keys(starts).map((kind) => [jsonKind(kind), `${uri}/${kind}.json`]);
  return {
    country_code: code,
    country: name,
    beta: false,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(listed),
  };
}

const jsonKind = (kind: string) => (kind === 'TollFree' ? 'toll_free' : kind.toLowerCase());

function countryIn(call: Call): string {
  const code = call.params.country ?? '';
  if (!stock[code]) throw twilioFault(20404, call.path);
  return code;
}

function numberJson(country: string, number: string): Record<string, unknown> {
  return {
    friendly_name: parsePhoneNumberFromString(number)?.formatNational() ?? number,
    phone_number: number,
    lata: null,
    locality: null,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: null,
    postal_code: null,
    iso_country: country,
    address_requirements: 'none',
    beta: false,
    capabilities: { voice: capabilities.voice, SMS: capabilities.sms, MMS: capabilities.mms },
  };
}

const list = '/2010-04-01/Accounts/:account/AvailablePhoneNumbers';
const pageSizes = { usual: 30, most: 1000 };

/** What numbers can be bought. */
export const stockRoutes: Route[] = [
  {
    method: 'GET',
    path: list,
    answer: (call) => ({
      status: 200,
      json: {
        countries: Object.keys(stock).map((code) => countryJson(call, code)),
        uri: `${call.path}.json`,
      },
    }),
  },
  {
    method: 'GET',
    path: `${list}/:country`,
    answer: (call) => ({ status: 200, json: countryJson(call, countryIn(call)) }),
  },
  ...kinds.map(
    (kind): Route => ({
      method: 'GET',
      path: `${list}/:country/${kind}`,
      answer: (call) => {
        const country = countryIn(call);
        if (!stock[country]?.starts[kind]) throw twilioFault(20404, call.path);
        const { query, network } = call;
        const size = Number(query.get('PageSize')) || pageSizes.usual;
        const found = freeNumbers(network.registry, country, kind, {
          area: query.get('AreaCode'),
          contains: query.get('Contains'),
        });
        const shown = found.slice(0, Math.min(size, pageSizes.most));
        return {
          status: 200,
          json: {
            uri: `${call.path}.json`,
            available_phone_numbers: shown.map((number) => numberJson(country, number)),
          },
        };
      },
    }),
  ),
];
