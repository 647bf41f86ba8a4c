/** A numbering plan under which one line is spelled in two ways, and how its other spelling becomes the key. */
interface SpellingRule {
  /** ISO 3166-1. */
  country: string;
  /** The other spelling in E.164, whole. */
  spelling: RegExp;
  /** What the key is, as `String.replace` writes it. */
  key: string;
  /** Why there are two, and why no other line can have the first. */
  why: string;
  source: string;
}

/**
 * The rules known, November 2026. What each one takes for another spelling is dialled by nobody else: either the plan
 * has no such numbers any more, or the networks themselves take both for one line. `U` marks what no regulator says.
 */
const rules: readonly SpellingRule[] = [
  {
    country: 'MX',
    spelling: /^\+521([2-9]\d{9})$/,
    key: '+52$1',
    why: 'mobiles had a 1 after the country code until 2019, and WhatsApp ids have it still; no area begins with 1',
    source: 'support.gupshup.io 4407840924953; github.com/daviddrysdale/python-phonenumbers/issues/306',
  },
  {
    country: 'AR',
    spelling: /^\+549?(?:(11)15(\d{8})|([23]\d{2})15(\d{7})|([23]\d{3})15(\d{6}))$/,
    key: '+54$1$2$3$4$5$6',
    why: 'mobiles are dialled with 15 behind the area within the country; ten digits without it are the whole number',
    source: 'support.toku.co 28286847786649; en.wikipedia.org Telephone_numbers_in_Argentina',
  },
  {
    country: 'AR',
    spelling: /^\+549((?:11|[23]\d)\d{8})$/,
    key: '+54$1',
    why: 'the 9 says mobile; lines of both kinds have their ten digits from one plan, so that none has another’s',
    source: 'support.toku.co 28286847786649 (flat plan); green-api.com faq, numbers of Argentina',
  },
  {
    country: 'BR',
    spelling: /^\+55([1-9][1-9])([6-9]\d{7})$/,
    key: '+55$19$2',
    why:
      'mobiles got a 9 in front area by area, everywhere by 2016, and WhatsApp ids of areas 31 to 99 lack it; fixed ' +
      'lines begin with 2 to 5, and the radio lines that kept eight digits (7) were shut down on 2018-03-31',
    source: 'Anatel resolution 553/2010; support.gupshup.io 4407840924953; telesintese.com.br nextel-desliga',
  },
  {
    country: 'BJ',
    spelling: /^\+229([2-9]\d{7})$/,
    key: '+22901$1',
    why: 'all numbers got 01 in front on 2024-11-30; numbers of eight digits ended a month later',
    source: 'fr.allafrica.com 202411300249 (ARCEP)',
  },
  ...(
    [
      ['01', '[04-9][0-3]\\d{6}', 'Moov mobile'],
      ['05', '[04-9][4-6]\\d{6}', 'MTN mobile'],
      ['07', '[04-9][7-9]\\d{6}', 'Orange mobile'],
      ['21', '2\\d8\\d{5}', 'Moov fixed'],
      ['25', '[23]\\d0\\d{5}', 'MTN fixed'],
      ['27', '(?:2\\d[1-79]|3\\d[1-9])\\d{5}', 'Orange fixed'],
    ] as const
  ).map(([prefix, old, operator]) => ({
    country: 'CI',
    spelling: new RegExp(`^\\+225(${old})$`),
    key: `+225${prefix}$1`,
    why: `numbers of eight digits got the operator's two in front on 2021-01-31: ${operator}; WhatsApp ids lack them`,
    source: 'ARTCI, by fr.wikipedia.org Liste des indicatifs en Côte d’Ivoire; support.whapi.cloud faq',
  })),
  {
    country: 'CM',
    spelling: /^\+237([5679]\d{7})$/,
    key: '+2376$1',
    why: 'mobiles got a 6 in front on 2014-11-21; of eight digits only 88 is left',
    source: 'ITU communication of 2014-10-06; africatopsuccess.com',
  },
  {
    country: 'GA',
    spelling: /^\+2410?([256]\d{6})$/,
    key: '+2416$1',
    why: 'the 0 in front became a 6 (Libertis, Moov) on 2019-11-15',
    source: 'rfi.fr 20191115; libphonenumber metadata of GA',
  },
  {
    country: 'GA',
    spelling: /^\+2410?([47]\d{6})$/,
    key: '+2417$1',
    why: 'the 0 in front became a 7 (Airtel) on 2019-11-15',
    source: 'rfi.fr 20191115; libphonenumber metadata of GA',
  },
  ...Object.entries({
    // MobiFone
    ...{ 120: '70', 121: '79', 122: '77', 126: '76', 128: '78' },
    // VinaPhone
    ...{ 123: '83', 124: '84', 125: '85', 127: '81', 129: '82' },
    // Viettel
    ...{ 162: '32', 163: '33', 164: '34', 165: '35', 166: '36', 167: '37', 168: '38', 169: '39' },
    // Vietnamobile and Gmobile
    ...{ 186: '56', 188: '58', 199: '59' },
  }).map(([old, now]) => ({
    country: 'VN',
    spelling: new RegExp(`^\\+84${old}(\\d{7})$`),
    key: `+84${now}$1`,
    why: 'mobiles of eleven digits became ones of ten on 2018-09-15; the old ones ended on 2019-06-30',
    source: 'en.sggp.org.vn post73454 (Ministry of Information and Communications)',
  })),
];

/** The rules by the first two digits of the country code, so that most numbers meet none. */
const rulesByStart = Map.groupBy(rules, ({ key }) => key.slice(0, 3));

/**
 * What a number is matched by, whatever spelling of it a network, a file or a person uses: two numbers are one line
 * where their keys are equal. Takes E.164 and gives back E.164's form, mostly the number itself; a key is its own
 * key. It is for comparing only: messages go to the number as it was given.
 */
export function phoneKey(e164: string): string {
  const found = rulesByStart.get(e164.slice(0, 3))?.find(({ spelling }) => spelling.test(e164));
  return found ? e164.replace(found.spelling, found.key) : e164;
}

/**
 * How the keys begin of numbers that begin so: as they do, or without the digit that is no part of the key behind the
 * country code of Mexico and Argentina.
 */
export function keyStarts(start: string): string[] {
  return [...new Set([start, start.replace(/^\+521(?=[2-9])/, '+52'), start.replace(/^\+549/, '+54')])];
}
