import type { Rate } from './rate.ts';

/**
 * The price list a new installation starts with, in dollars. Prices change several times a year: operators
 * replace it by their own contract's (parse-rates.ts). Certainty U marks figures that were not read anywhere;
 * they are set high rather than low.
 */
const twilioList = 'Twilio list price as of October 2026 (api-evangelist/posts, 2026-11-12)';
const smsFees =
  'help.textvolt.com/articles/7310656083 (2026-05-26); bandwidth.com/support/en/articles/13123714; signalhouse.io/guides/a2p-carrier-fees-2026';
const mmsFees = 'SignalWire carrier-passthrough-fees, January to February 2026';
const tmobileRise = '2026-01-19';
const beforeRise = '2026-01-18';
const guess = 'not read anywhere; replace by your contract';

const dollars = (amount: number): number => Math.round(amount * 1_000_000);

type Fee = Partial<Rate> & Pick<Rate, 'carrier' | 'senderKind' | 'micros'>;

const outbound = { direction: 'outbound', category: '*', currency: 'USD', from: null, until: null } as const;
const twilio = {
  ...outbound,
  provider: 'Twilio',
  wire: 'twilio',
  part: 'base',
  carrier: '*',
  senderKind: '*',
} as const;
const fee = { ...outbound, provider: 'carriers', wire: 'twilio', part: 'surcharge' } as const;

const kinds = ['longCode', 'tollFree', 'shortCode'] as const;

/** A carrier's fee for long codes, toll-free numbers and short codes, in that order; null where unknown. */
function fees(
  carrier: string,
  amounts: readonly [number | null, number | null, number | null],
  dates: Partial<Rate> = {},
): Fee[] {
  return kinds.flatMap((senderKind, i) => {
    const amount = amounts[i];
    return typeof amount === 'number' ? [{ carrier, senderKind, micros: dollars(amount), ...dates }] : [];
  });
}

const usSms: Fee[] = [
  ...fees('AT&T', [0.0035, 0.0035, 0.0035]),
  ...fees('T-Mobile', [0.003, null, 0.0025], { until: beforeRise }),
  ...fees('T-Mobile', [0.0045, null, 0.0045], { from: tmobileRise }),
  ...fees('T-Mobile', [null, 0.0045, null]),
  ...fees('Verizon', [0.0045, 0.0045, 0.0045]),
  ...fees('US Cellular', [0.005, null, null], { until: beforeRise }),
  ...fees('US Cellular', [0.0045, null, null], { from: tmobileRise }),
  ...fees('US Cellular', [null, 0.0045, 0.0045]),
];
const usMms: Fee[] = [
  ...fees('AT&T', [0.0075, 0.0075, 0.0075]),
  ...fees('T-Mobile', [0.01, 0.01, 0.01]),
  ...fees('Verizon', [0.0065, 0.0065, 0.0065]),
  ...fees('US Cellular', [0.01, 0.005, 0.01]),
];
const usInbound: Rate[] = [
  {
    ...fee,
    direction: 'inbound',
    country: 'US',
    carrier: 'AT&T',
    senderKind: '*',
    medium: 'sms',
    micros: dollars(0.003),
    source: `${smsFees} (SignalWire; others pass on nothing)`,
    certainty: 'V',
  },
  {
    ...fee,
    direction: 'inbound',
    country: 'US',
    carrier: 'T-Mobile',
    senderKind: '*',
    medium: 'sms',
    micros: dollars(0.0025),
    source: smsFees,
    certainty: 'V',
  },
  {
    ...fee,
    direction: 'inbound',
    country: 'US',
    carrier: 'T-Mobile',
    senderKind: '*',
    medium: 'mms',
    micros: dollars(0.01),
    source: mmsFees,
    certainty: 'V',
  },
];
const caSms: Fee[] = [
  ...fees('Bell', [0.016, 0.0091, 0.0049]),
  ...fees('Rogers', [0.0087, 0.0075, 0.0047]),
  ...fees('Telus', [0.0064, 0.0072, 0.0037]),
];
const caMms: Fee[] = [
  ...fees('Bell', [0.031, null, null]),
  ...fees('Rogers', [0.017, null, null]),
  ...fees('Telus', [0.01, null, null]),
];

const base: Rate[] = ['US', 'PR', 'CA'].flatMap((country): Rate[] => {
  const known = { ...twilio, country, source: twilioList, certainty: country === 'CA' ? 'U' : 'V' } as const;
  return [
    { ...known, medium: 'sms', micros: dollars(0.0083) },
    { ...known, medium: 'sms', direction: 'inbound', micros: dollars(0.0083) },
    { ...known, medium: 'mms', micros: dollars(0.022) },
    { ...known, medium: 'mms', direction: 'inbound', micros: dollars(0.0165) },
    { ...known, medium: 'mms', direction: 'inbound', senderKind: 'tollFree', micros: dollars(0.02) },
  ];
});

/** Dollars a segment, where no page was read. */
const smsAbroad: Record<string, number> = {
  GB: 0.055,
  IE: 0.09,
  FR: 0.08,
  DE: 0.12,
  ES: 0.09,
  IT: 0.1,
  PT: 0.06,
  NL: 0.12,
  BE: 0.12,
  AU: 0.055,
  NZ: 0.12,
  BR: 0.07,
  MX: 0.08,
  IN: 0.085,
  SG: 0.06,
  ZA: 0.12,
  AE: 0.12,
  SA: 0.2,
  '*': 0.3,
};
const abroad: Rate[] = Object.entries(smsAbroad).flatMap(([country, amount]): Rate[] => {
  const unknown = { ...twilio, country, medium: 'sms', source: guess, certainty: 'U' } as const;
  return [
    { ...unknown, micros: dollars(amount) },
    { ...unknown, direction: 'inbound', micros: dollars(0.01) },
  ];
});

/** Dollars a delivered message: marketing, utility, authentication. The market is the recipient's country code. */
const metaMarkets: Record<string, readonly [number, number, number]> = {
  US: [0.025, 0.004, 0.004],
  CA: [0.025, 0.004, 0.004],
  BR: [0.0625, 0.008, 0.0315],
  MX: [0.0436, 0.01, 0.0239],
  IN: [0.0118, 0.0014, 0.0014],
  GB: [0.0529, 0.022, 0.0358],
  FR: [0.1432, 0.03, 0.0691],
  DE: [0.1365, 0.055, 0.0768],
  ES: [0.0615, 0.02, 0.0342],
  IT: [0.0691, 0.03, 0.0378],
  '*': [0.15, 0.06, 0.08],
};
const serviceBilledFrom = '2026-10-01';
const meta: Rate[] = Object.entries(metaMarkets).flatMap(
  ([country, [marketing, utility, authentication]]): Rate[] => {
    const row = {
      ...outbound,
      provider: 'Meta',
      wire: 'meta',
      part: 'base',
      carrier: '*',
      senderKind: '*',
      medium: 'whatsapp',
      country,
    } as const;
    const unknown = { ...row, source: guess, certainty: 'U' } as const;
    return [
      { ...unknown, category: 'marketing', micros: dollars(marketing) },
      { ...unknown, category: 'utility', micros: dollars(utility) },
      { ...unknown, category: 'authentication', micros: dollars(authentication) },
      {
        ...row,
        category: 'service',
        micros: 0,
        until: '2026-09-30',
        source: 'Meta pricing, free until service messages were billed',
        certainty: 'V',
      },
      {
        ...unknown,
        category: 'service',
        micros: dollars(utility),
        from: serviceBilledFrom,
        source: `billed at the utility rate from ${serviceBilledFrom} (ChakraHQ, Patagon, YCloud); the rate: ${guess}`,
      },
      {
        ...row,
        category: '*',
        direction: 'inbound',
        micros: 0,
        source: 'Meta bills nothing for what users write',
        certainty: 'K',
      },
    ];
  },
);

const email: Rate = {
  ...outbound,
  provider: 'own mail server',
  wire: 'smtp',
  part: 'base',
  carrier: '*',
  senderKind: '*',
  medium: 'email',
  country: '*',
  micros: 0,
  source: 'no price per message',
  certainty: 'U',
};

/** All lines; the order carries no meaning. */
export const defaultRates: readonly Rate[] = [
  ...base,
  ...abroad,
  ...surcharges(['US', 'PR'], 'sms', usSms, smsFees),
  ...surcharges(['US', 'PR'], 'mms', usMms, mmsFees),
  ...usInbound,
  ...surcharges(['CA'], 'sms', caSms, mmsFees),
  ...surcharges(['CA'], 'mms', caMms, mmsFees),
  ...meta,
  email,
];

function surcharges(
  countries: readonly string[],
  medium: Rate['medium'],
  rows: readonly Fee[],
  source: string,
): Rate[] {
  return countries.flatMap((country) =>
    rows.map((row) => ({ ...fee, country, medium, source, certainty: 'V' as const, ...row })),
  );
}
