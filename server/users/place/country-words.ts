import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { foldedName } from './region.ts';

/** Tongues whose names of countries are known, from the runtime's own data (CLDR). */
const languages = [
  ...['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'sv', 'da', 'nb', 'fi', 'cs', 'hu', 'ro', 'tr'],
  ...['ru', 'uk', 'el', 'ja', 'zh', 'zh-Hant', 'ko', 'ar', 'hi'],
];

/** Codes of three letters (ISO 3166-1 alpha-3), which the runtime's data lacks, each before its code of two. */
const alpha3 =
  'AFG AF,ALA AX,ALB AL,DZA DZ,ASM AS,AND AD,AGO AO,AIA AI,ATG AG,ARG AR,ARM AM,ABW AW,AUS AU,AUT AT,AZE AZ,BHS BS,' +
  'BHR BH,BGD BD,BRB BB,BLR BY,BEL BE,BLZ BZ,BEN BJ,BMU BM,BTN BT,BOL BO,BES BQ,BIH BA,BWA BW,BRA BR,IOT IO,BRN BN,' +
  'BGR BG,BFA BF,BDI BI,CPV CV,KHM KH,CMR CM,CAN CA,CYM KY,CAF CF,TCD TD,CHL CL,CHN CN,CXR CX,CCK CC,COL CO,COM KM,' +
  'COG CG,COD CD,COK CK,CRI CR,CIV CI,HRV HR,CUB CU,CUW CW,CYP CY,CZE CZ,DNK DK,DJI DJ,DMA DM,DOM DO,ECU EC,EGY EG,' +
  'SLV SV,GNQ GQ,ERI ER,EST EE,SWZ SZ,ETH ET,FLK FK,FRO FO,FJI FJ,FIN FI,FRA FR,GUF GF,PYF PF,GAB GA,GMB GM,GEO GE,' +
  'DEU DE,GHA GH,GIB GI,GRC GR,GRL GL,GRD GD,GLP GP,GUM GU,GTM GT,GGY GG,GIN GN,GNB GW,GUY GY,HTI HT,VAT VA,HND HN,' +
  'HKG HK,HUN HU,ISL IS,IND IN,IDN ID,IRN IR,IRQ IQ,IRL IE,IMN IM,ISR IL,ITA IT,JAM JM,JPN JP,JEY JE,JOR JO,KAZ KZ,' +
  'KEN KE,KIR KI,PRK KP,KOR KR,KWT KW,KGZ KG,LAO LA,LVA LV,LBN LB,LSO LS,LBR LR,LBY LY,LIE LI,LTU LT,LUX LU,MAC MO,' +
  'MDG MG,MWI MW,MYS MY,MDV MV,MLI ML,MLT MT,MHL MH,MTQ MQ,MRT MR,MUS MU,MYT YT,MEX MX,FSM FM,MDA MD,MCO MC,MNG MN,' +
  'MNE ME,MSR MS,MAR MA,MOZ MZ,MMR MM,NAM NA,NRU NR,NPL NP,NLD NL,NCL NC,NZL NZ,NIC NI,NER NE,NGA NG,NIU NU,NFK NF,' +
  'MKD MK,MNP MP,NOR NO,OMN OM,PAK PK,PLW PW,PSE PS,PAN PA,PNG PG,PRY PY,PER PE,PHL PH,POL PL,PRT PT,PRI PR,QAT QA,' +
  'REU RE,ROU RO,RUS RU,RWA RW,BLM BL,SHN SH,KNA KN,LCA LC,MAF MF,SPM PM,VCT VC,WSM WS,SMR SM,STP ST,SAU SA,SEN SN,' +
  'SRB RS,SYC SC,SLE SL,SGP SG,SXM SX,SVK SK,SVN SI,SLB SB,SOM SO,ZAF ZA,SSD SS,ESP ES,LKA LK,SDN SD,SUR SR,SJM SJ,' +
  'SWE SE,CHE CH,SYR SY,TWN TW,TJK TJ,TZA TZ,THA TH,TLS TL,TGO TG,TKL TK,TON TO,TTO TT,TUN TN,TUR TR,TKM TM,TCA TC,' +
  'TUV TV,UGA UG,UKR UA,ARE AE,GBR GB,USA US,URY UY,UZB UZ,VUT VU,VEN VE,VNM VN,VGB VG,VIR VI,WLF WF,ESH EH,YEM YE,' +
  'ZMB ZM,ZWE ZW,XKX XK';

/** Names that people use and CLDR does not list, by their country. */
const furtherNames: Readonly<Record<string, string>> = {
  US: 'US of A/United States of America/The United States/America/EEUU/EE.UU./EUA/E.U.A./U.S./U.S.A./États-Unis d’Amérique/USA/Vereinigte Staaten von Amerika/Estados Unidos de América/アメリカ/美利坚合众国/미합중국/США',
  GB: 'UK/U.K./Great Britain/Britain/England/Scotland/Wales/Northern Ireland/Royaume Uni/Angleterre/Inglaterra/Inghilterra/Engeland/Grossbritannien/Großbritannien/Gran Bretagna/Gran Bretaña/Grã-Bretanha/Wielka Brytania/İngiltere/Англия/イギリス/英国',
  AE: 'UAE/U.A.E./Emirates/Dubai/Abu Dhabi',
  DE: 'BRD/Federal Republic of Germany/Bundesrepublik Deutschland',
  NL: 'Holland/The Netherlands/Hollande/Holanda/Olanda/Holandia/Голландия',
  SA: 'KSA/Kingdom of Saudi Arabia',
  KR: 'Korea/Republic of Korea/Corea/Corée/ROK/South Korea',
  TR: 'Turkey/Turkiye',
  CZ: 'Czech Republic/Czechia/République tchèque/República Checa/Repubblica Ceca/Tschechische Republik',
  RU: 'Russian Federation/Российская Федерация',
  CI: 'Ivory Coast/Cote d Ivoire',
  CN: 'PRC/P.R.C./P.R. China/Mainland China/People’s Republic of China/中华人民共和国',
  TW: 'Republic of China/R.O.C.',
  VN: 'Viet Nam',
  MK: 'Macedonia',
  SZ: 'Swaziland',
  MM: 'Burma',
  CV: 'Cape Verde',
  CD: 'DRC/DR Congo/Democratic Republic of the Congo',
  CG: 'Republic of the Congo',
  IR: 'Islamic Republic of Iran',
  VA: 'Holy See',
  IE: 'Republic of Ireland/Eire',
  MX: 'Estados Unidos Mexicanos/Mexique/Messico',
  GR: 'EL/Hellas',
  BO: 'Plurinational State of Bolivia',
  VE: 'Bolivarian Republic of Venezuela',
  TZ: 'United Republic of Tanzania',
  MD: 'Republic of Moldova',
  SY: 'Syrian Arab Republic',
  LA: 'Lao PDR',
  BN: 'Brunei Darussalam',
  PS: 'Palestine/State of Palestine',
  HK: 'Hong Kong SAR/HongKong',
  MO: 'Macau/Macao SAR',
  AT: 'Republic of Austria',
};

/** Names that mean more than one country: whoever writes them must say which. */
const doubtful: ReadonlySet<string> = new Set(
  ['Congo', 'Kongo', 'Virgin Islands', 'Saint Martin', 'Samoas'].map(foldedName),
);

/** Countries that have numbers of their own. */
export const countryCodes: ReadonlySet<string> = new Set<CountryCode>(getCountries());

/** Made when a name is first looked up: most countries are written as codes. */
let names: ReadonlyMap<string, string> | null = null;

/** The code of a name in any of these tongues; null for none and for one that may be several countries. */
export function codeOfCountryName(text: string): string | null {
  names ??= gatherNames();
  const folded = foldedName(text);
  return names.get(folded) ?? names.get(folded.replace(/^(?:the|la|le|republicof)/, '')) ?? null;
}

/**
 * The code of a country told by its dial code, `+39`, `0039` or `39`: null where several countries share it, as +1
 * and +7 are shared.
 */
export function codeOfDialCode(text: string): string | null {
  const [code, ...others] = sharersOfDialCode(text);
  return others.length > 0
    ? (mainOfDialCode[text.replace(/\D/g, '').replace(/^00/, '')] ?? null)
    : (code ?? null);
}

/** All countries with a dial code; numbers of those that share +1 are read alike. */
export function sharersOfDialCode(text: string): string[] {
  const dial = /^(?:\+|00)?\s*(\d{1,3})$/.exec(text.trim())?.[1];
  if (dial === undefined) return [];
  return [...countryCodes].filter((code) => getCountryCallingCode(code as CountryCode) === dial);
}

/** Of countries that share a dial code: the one whose few dependencies are the others (ITU-T E.164). */
const mainOfDialCode: Readonly<Record<string, string>> = {
  ...{
    39: 'IT',
    44: 'GB',
    47: 'NO',
    61: 'AU',
    64: 'NZ',
    212: 'MA',
    262: 'RE',
    290: 'SH',
    358: 'FI',
    590: 'GP',
    599: 'CW',
  },
};

function gatherNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  const add = (text: string, code: string, isSure: boolean) => {
    const folded = foldedName(text);
    const known = found.get(folded);
    if (known === undefined || isSure) found.set(folded, code);
    else if (known !== code) found.set(folded, null);
  };
  const english = new Set<string>();
  for (const language of languages)
    for (const style of ['long', 'short'] as const) {
      const display = new Intl.DisplayNames(language, { type: 'region', style });
      for (const code of countryCodes) {
        const name = display.of(code) ?? code;
        // An English name stands, whatever it means elsewhere.
        if (language === 'en') english.add(foldedName(name));
        else if (english.has(foldedName(name))) continue;
        add(name, code, language === 'en');
      }
    }
  for (const [code, further] of Object.entries(furtherNames))
    for (const name of further.split('/')) add(name, code, true);
  for (const item of alpha3.split(',')) {
    const [three = '', two = ''] = item.split(' ');
    if (countryCodes.has(two)) add(three, two, true);
  }
  for (const name of doubtful) found.set(name, null);
  return new Map([...found].flatMap(([name, code]) => (code === null ? [] : [[name, code] as const])));
}
