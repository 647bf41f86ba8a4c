import type { LookUp } from '../../lookups/lookup.ts';

/** What a helper shows for the sample person, as docs/reference/templates.md lists it and the tests assert it. */
export interface HelperExample {
  source: string;
  shows: string;
}

/** Helpers that belong together, with a word about them. */
export interface HelperGroup {
  title: string;
  about: string;
  examples: readonly HelperExample[];
}

/** The moment at which the examples are rendered. */
export const exampleNow = new Date('2026-11-23T21:05:09Z');

/** The key of the project of the examples, for hmac helpers. */
export const exampleSecret = 'docs-secret';

/** The person of the examples. */
export const exampleData: Readonly<Record<string, unknown>> = {
  firstName: 'ada',
  email: 'docs@example.com',
  userId: 'u-17',
  locale: 'de_DE',
  timeZone: 'America/New_York',
  age: 30,
  points: 0,
  active: true,
  likesCats: true,
  likesDogs: false,
  price: 29.9,
  revenue: 1234.567,
  favoriteBook: 'animal farm',
  title: 'It’s time for our 2nd annual fall sale',
  phone: '555-123-4567',
  address: '123 Main St\nAnytown',
  tier: 'gold-annual',
  signupDate: '2026-06-19 14:00:00 +00:00',
  birthDate: '1990-05-10',
  numbers: [3, 1, 2],
  others: [2, 5],
  cart: [
    { name: 'Shoes', price: 59.99, kind: 'wear' },
    { name: 'Tea', price: 4.5, kind: 'food' },
    { name: 'Jacket', price: 70, kind: 'wear' },
  ],
  greetings: { de: { hello: 'Hallo' }, en: { hello: 'Hello' } },
  language: 'de',
  translations: { en_US: 'Hello', es_ES: 'Hola' },
  order: { a: 1, b: 'x' },
  drinkIds: ['flat-white', 'tea', 'mocha'],
};

/** The tables of metadata of the examples' project. */
const exampleMetadata: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  shops: { main: { city: 'Austin', days: ['Mon', 'Tue'] } },
  users: { 'u-17': { email: 'ada@shop.example', tier: 'gold' } },
};

/** The person’s codes of the examples' coupon pools. */
export const exampleCoupons: Readonly<Record<string, string>> = {
  'Spring sale': 'SPRING7K2M',
  Club: 'club1',
};

const exampleItems: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  drinks: {
    mocha: { itemId: 'mocha', name: 'Mocha', price: 4.8 },
    'flat-white': { itemId: 'flat-white', name: 'Flat white', price: 4.2 },
  },
};

/** What the examples look up. */
export const exampleLookUp: LookUp = (wanted) => {
  switch (wanted.of) {
    case 'metadata':
      return exampleMetadata[wanted.table.toLowerCase()]?.[wanted.key];
    case 'catalog':
      return exampleItems[wanted.catalog.toLowerCase()]?.[wanted.itemId];
    case 'catalogCollection':
      if (wanted.collection !== 'cheap drinks') return undefined;
      return wanted.values === null ? [] : Object.values(exampleItems.drinks ?? {});
  }
};

const row = (source: string, shows: string): HelperExample => ({ source, shows });

/**
 * Every helper with what it shows. Where Iterable's pages (Text, Math, Date and Time, Conditional Logic Helpers, as
 * read 2026-11) or those of the library it runs on (handlebars.java, StringHelpers) give a result, it is this one.
 */
export const helperGroups: readonly HelperGroup[] = [
  {
    title: 'Defaults and conditions',
    about:
      'Nothing, white space, an empty list, `false` and any zero count as no. Comparisons of what is missing are no. Each of `eq neq gt gte lt lte and or not` is a block, a part of another, and inline with `yes=` and `no=`.',
    examples: [
      row('{{defaultIfEmpty nickname "friend"}}', 'friend'),
      row('{{defaultIfEmpty nickname firstName}}', 'ada'),
      row('{{#if active}}A{{else}}B{{/if}}', 'A'),
      row('{{#if points}}A{{else if age}}B{{/if}}', 'B'),
      row('{{#unless likesDogs}}A{{/unless}}', 'A'),
      row('{{#and likesCats active}}A{{else}}B{{/and}}', 'A'),
      row('{{#and likesCats (gte age 18)}}A{{else}}B{{/and}}', 'A'),
      row('{{#and active points}}A{{else}}B{{/and}}', 'B'),
      row('{{and likesCats likesDogs yes="all" no="not all"}}', 'not all'),
      row('{{#or likesDogs active}}A{{else}}B{{/or}}', 'A'),
      row('{{or likesDogs points yes="some" no="none"}}', 'none'),
      row('{{#not likesDogs}}A{{else}}B{{/not}}', 'A'),
      row('{{not likesDogs yes="Y" no="N"}}', 'Y'),
      row('{{#eq firstName "ada"}}A{{else}}B{{/eq}}', 'A'),
      row('{{eq age 30 yes="Y" no="N"}}', 'Y'),
      row('{{eq numbers others yes="same" no="not the same"}}', 'not the same'),
      row('{{#neq age 30}}A{{else}}B{{/neq}}', 'B'),
      row('{{ne age 31 yes="Y" no="N"}}', 'Y'),
      row('{{gt age 18 yes="Y" no="N"}}', 'Y'),
      row('{{gte 5 5 yes="Y" no="N"}}', 'Y'),
      row('{{#lt "cat" "dog"}}A{{else}}B{{/lt}}', 'A'),
      row('{{lte age 29 yes="Y" no="N"}}', 'N'),
      row('{{#ifEq age "30"}}A{{else}}B{{/ifEq}}', 'A'),
      row('{{#ifNotEq age 30}}A{{else}}B{{/ifNotEq}}', 'B'),
      row('{{#ifGt age 21}}A{{else}}B{{/ifGt}}', 'A'),
      row('{{#ifGte age 30}}A{{/ifGte}}', 'A'),
      row('{{#ifLt points 1}}A{{/ifLt}}', 'A'),
      row('{{#ifLte age 21}}A{{else}}B{{/ifLte}}', 'B'),
      row('{{#ifModEq age 10 0}}A{{else}}B{{/ifModEq}}', 'A'),
      row('{{#ifContainsStr favoriteBook "farm"}}A{{/ifContainsStr}}', 'A'),
      row('{{#ifContains numbers 3}}A{{else}}B{{/ifContains}}', 'A'),
      row(`{{#ifContains cart '{"name":"Tea"}'}}A{{else}}B{{/ifContains}}`, 'A'),
      row('{{#ifMatchesRegexStr tier "gold-(monthly|annual)"}}A{{else}}B{{/ifMatchesRegexStr}}', 'A'),
      row('{{#ifMatchesRegexStr tier "gold"}}A{{else}}B{{/ifMatchesRegexStr}}', 'B'),
      row('{{yesno active}} {{yesno likesDogs no="nope"}}', 'yes nope'),
    ],
  },
  {
    title: 'Texts',
    about: '',
    examples: [
      row('{{capitalizeFirst favoriteBook}}', 'Animal farm'),
      row('{{capitalize favoriteBook}} {{capitalize "iPHONE x" fully=true}}', 'Animal Farm Iphone X'),
      row('{{upper firstName}} {{uppercase "x"}}', 'ADA X'),
      row('{{lower "ItErAbLe"}} {{lowercase "X"}}', 'iterable x'),
      row('{{trim "  a b "}}', 'a b'),
      row('{{length firstName}} {{firstName.length}}', '3 3'),
      row('{{concat firstName "-" age}}', 'ada-30'),
      row('{{cut phone "-"}} {{cut "The cat climbed the tree"}}', '5551234567 Thecatclimbedthetree'),
      row('{{replace "The dog ran" " " "-"}}', 'The-dog-ran'),
      row('{{substring "iterable document" 3 6}}', 'rab'),
      row('{{substring "Handlebars.java" 11}}', 'java'),
      row('{{abbreviate "Apples are red" 7}}', 'Appl...'),
      row('{{center "Hello" size=20 pad="-"}}', '-------Hello--------'),
      row('{{ljust firstName size=6 pad="."}} {{rjust firstName size=6 pad="."}}', 'ada... ...ada'),
      row('{{slugify title}}', 'its-time-for-our-nd-annual-fall-sale'),
      row('{{stringFormat "Hello %s, %d" firstName age}}', 'Hello ada, 30'),
      row(
        '{{stringFormat "%2$s: %1$,.2f | %05.1f%% | %-4S|" revenue firstName price}}',
        'ada: 1,234.57 | 1234.6% | ADA |',
      ),
      row('{{stripTags "<b>Hi</b> there"}}', 'Hi there'),
      row('{{#breaklines}}{{address}}{{/breaklines}}', '123 Main St<br>Anytown'),
      row('{{wordWrap "Joel is a slug" 5}}', 'Joel\nis a\nslug'),
    ],
  },
  {
    title: 'Numbers',
    about:
      '`numberFormat` takes `currency` (of the locale’s country, unless `currency="EUR"` names one), `percent`, `integer`, or a pattern of Java’s DecimalFormat; halves go to the even digit unless `roundingMode` says `up`, `down`, `ceiling`, `floor`, `half_up`, `half_down` or `half_even`.',
    examples: [
      row('{{numberFormat revenue}}', '1,234.567'),
      row('{{numberFormat 5.2345 "currency" "en_US"}}', '$5.23'),
      row('{{numberFormat 5.2345 "currency" locale}}', '5,23\u00a0€'),
      row('{{numberFormat price "currency" currency="EUR" locale="fr_FR"}}', '29,90\u00a0€'),
      row('{{numberFormat 1234.5 currency="USD"}}', '$1,234.50'),
      row('{{numberFormat 0.23 "percent"}}', '23%'),
      row('{{numberFormat 123.456789 maximumFractionDigits=3}}', '123.457'),
      row('{{numberFormat 123.4 minimumFractionDigits=5}}', '123.40000'),
      row('{{numberFormat 1000000 groupingUsed=true}}', '1,000,000'),
      row('{{numberFormat 1234567 groupingUsed=false}}', '1234567'),
      row('{{numberFormat revenue "#,###.00"}}', '1,234.57'),
      row('{{numberFormat 1234.5678 ",000.00"}} {{numberFormat 3 "0.00"}}', '1,234.57 3.00'),
      row('{{numberFormat -7 "#0;(#0)"}} {{numberFormat 0.256 "0.0%"}}', '(7) 25.6%'),
      row('{{numberFormat 5.5 "integer" roundingMode="up"}}', '6'),
      row('{{numberFormat 5.5 "integer" roundingMode="down"}}', '5'),
      row('{{numberFormat -5.5 "integer" roundingMode="ceiling"}}', '-5'),
      row('{{numberFormat -5.5 "integer" roundingMode="floor"}}', '-6'),
      row('{{numberFormat 5.5 "integer" roundingMode="half_even"}}', '6'),
      row('{{numberFormat 2.5 "integer"}}', '2'),
      row('{{numberFormat -5.5 "integer" roundingMode="half_up"}}', '-6'),
      row('{{numberFormat -5.5 "integer" roundingMode="half_down"}}', '-5'),
      row(
        `{{math 3 '+' 2}} {{math 3 '-' 2}} {{math 3 '*' 2}} {{math 3 '/' 2}} {{math 3 '%' 2}}`,
        '5 1 6 1.5 1',
      ),
      row('{{add 0.1 0.2}} {{subtract 3 1}} {{multiply 2 4}} {{divide 3 2}} {{mod 7 4}}', '0.3 2 8 1.5 3'),
      row('{{round 2.5}} {{floor 2.9}} {{ceil 2.1}}', '3 2 3'),
    ],
  },
  {
    title: 'Dates',
    about:
      'A date is ISO text (UTC where it names no offset), a count of seconds or milliseconds, `now`, or for `dateMath` also `midnight`. Formats are `full`, `long`, `medium` (where none is given), `short`, or a pattern of letters as in Java: `y M d D e E a h H k K m s S z Z X w C G`, words in single quotes. `tz=` is a zone, an offset or the name of a field that holds one. Dates compare with dates by time.',
    examples: [
      row('{{dateFormat "2025-02-12" format="full"}}', 'Wednesday, February 12, 2025'),
      row('{{dateFormat "2025-02-12" format="long"}}', 'February 12, 2025'),
      row('{{dateFormat "2025-02-12"}}', 'Feb 12, 2025'),
      row('{{dateFormat "2017-06-19" format="short"}}', '6/19/17'),
      row('{{dateFormat "2017-06-21" "long" "de_DE"}}', '21. Juni 2017'),
      row('{{dateFormat "2018-01-01 00:00:00" tz="America/New_York"}}', 'Dec 31, 2017'),
      row('{{dateFormat "2018-01-01 00:00:00" tz=timeZone}}', 'Dec 31, 2017'),
      row('{{dateFormat "2018-01-01 00:00:00" tz="timeZone"}}', 'Dec 31, 2017'),
      row(
        '{{dateFormat "2018-06-22 14:00:00 +07:00" format="yyyy-MM-dd HH:mm:ss Z" tz="America/Denver"}}',
        '2018-06-22 01:00:00 -0600',
      ),
      row('{{dateFormat "2025-04-08" format="D e E EEEE w"}}', '98 2 Tue Tuesday 15'),
      row('{{dateFormat "2025-04-08 00:30:00" format="h k H K a"}}', '12 24 0 0 AM'),
      row('{{dateMath "2025-01-01 00:00:00" "+7d"}}', 'Jan 8, 2025'),
      row('{{dateMath "2022-10-10 17:47:38 +00:00" "+30d" format="long"}}', 'November 9, 2022'),
      row('{{dateMath "2018-01-01 00:00:00" "+2h" format="long" locale="es_ES"}}', '1 de enero de 2018'),
      row(
        '{{dateMath signupDate "+1y-1M+1w-1d+1h-1m+1s" format="yyyy-MM-dd HH:mm:ss"}}',
        '2027-05-25 14:59:01',
      ),
      row('{{dateMath "now" "-24h" format="yyyyMMddHHmmss"}}', '20261122210509'),
      row(
        '{{dateMath "midnight" "+1d" format="MMM d, HH:mm"}} {{dateMath "now" "/M" format="MMM d"}}',
        'Nov 24, 00:00 Nov 1',
      ),
      row('{{dateFormat (dateMath signupDate "+7d") format="yyyy-MM-dd"}}', '2026-06-26'),
      row(
        `{{dateMath birthDate (now format="-y'y'+1'y'-M'M'+1'M'-d'd'+1'd'-H'H'-m'm'-s's'" tz="UTC") format="yy"}}`,
        '36',
      ),
      row('{{#ifGt (dateMath "now" "-1d") signupDate}}A{{else}}B{{/ifGt}}', 'A'),
      row(
        '{{#ifGte (dateFormat signupDate format="yyyyMMddHHmmss" tz="UTC") (dateMath "now" "-1M" format="yyyyMMddHHmmss" tz="UTC")}}A{{else}}B{{/ifGte}}',
        'B',
      ),
      row('{{now}} {{now format="yyyy"}} {{now format="EEEE"}}', 'Nov 23, 2026 2026 Monday'),
      row('{{timestamp}}', '1795467909000'),
      row(`{{math (timestamp) '%' 3}}`, '0'),
    ],
  },
  {
    title: 'Lists and objects',
    about:
      'Inside `each`: `@index`, `@first`, `@last`, `@key`, `this`; what an item lacks is looked for around it (`{{firstName}}` in `{{#each cart}}` is the person’s), and `../` is what is outside. `each`, `with`, `lookup`, `sortBy`, `groupBy`, `minInList` and `maxInList` take `as |name|`.',
    examples: [
      row('{{cart.[1].name}} {{cart.size}}', 'Tea 3'),
      row(`{{#each cart}}{{math @index '+' 1}}:{{name}} {{/each}}`, '1:Shoes 2:Tea 3:Jacket '),
      row('{{#each cart}}{{name}}{{#unless @last}}, {{/unless}}{{/each}}', 'Shoes, Tea, Jacket'),
      row(
        '{{#each translations}}{{#ifContainsStr @key "es"}}{{@key}} is {{this}}{{/ifContainsStr}}{{/each}}',
        'es_ES is Hola',
      ),
      row('{{#with order}}{{a}}{{b}}{{/with}}', '1x'),
      row('{{#lookup greetings language as |words|}}{{words.hello}}{{/lookup}}', 'Hallo'),
      row('{{lookup translations "es_ES"}}', 'Hola'),
      row('{{join numbers ", " prefix="(" suffix=")"}}', '(3, 1, 2)'),
      row('{{join "a" "b" "c" " // "}}', 'a // b // c'),
      row('{{#minInList cart "price"}}{{name}}{{/minInList}}', 'Tea'),
      row('{{#maxInList cart "price"}}{{price}}{{/maxInList}}', '70'),
      row('{{maxInList numbers}} {{minInList numbers}}', '3 1'),
      row(
        '{{#sortBy cart field="price" order="desc" as |sorted|}}{{#each sorted}}{{name}} {{/each}}{{/sortBy}}',
        'Jacket Shoes Tea ',
      ),
      row(
        '{{#groupBy cart field="kind" as |groups|}}{{#each groups as |group|}}{{group.key.kind}} ({{group.count}}): {{#each group.items}}{{name}} {{/each}}{{/each}}{{/groupBy}}',
        'wear (2): Shoes Jacket food (1): Tea ',
      ),
      row('{{join (inLeftNotInRight numbers others) ","}}', '3,1'),
      row('{{join (inRightNotInLeft numbers others) ","}} {{join (inBoth numbers others) ","}}', '5 2'),
    ],
  },
  {
    title: 'Encodings and hashes',
    about:
      'Each is inline and a block, but `toJson` and `toUrlEncodedJson`. `hmacSHA1` and `hmacSHA256` join their arguments and take the project’s `templateSecret` (`PATCH /api/project`).',
    examples: [
      row('{{#urlEncode}}fall sale & more{{/urlEncode}}', 'fall+sale+%26+more'),
      row('{{urlEncode "a/b ü"}}', 'a%2Fb+%C3%BC'),
      row('{{#base64}}{{email}}{{/base64}}', 'ZG9jc0BleGFtcGxlLmNvbQ=='),
      row('{{hexEncode userId}}', '752d3137'),
      row('{{{toJson order}}} {{{toJson firstName}}} {{toJson numbers}}', '{"a":1,"b":"x"} "ada" [3,1,2]'),
      row(
        '{{toUrlEncodedJson order}} {{toUrlEncodedJson firstName}}',
        '%7B%22a%22%3A1%2C%22b%22%3A%22x%22%7D %22ada%22',
      ),
      row('{{md5 email}}', '0dc7361faa5dcde8ee7789f06074bb30'),
      row('{{sha1 email}}', 'ab8c18a19773f67ed2426848ec7677bda621d98b'),
      row(
        '{{#sha256}}{{email}}{{/sha256}}',
        '0b317d4a18706abee07fa25fad74308bcbc4cab5202c07b051d465e0c52a1bf5',
      ),
      row('{{hmacSHA1 userId}}', '6c29bc58b3c7d51a0194fd7169ba937789ee2442'),
      row('{{hmacSHA256 userId email}}', 'd9c2d006276b47e6c57a4a8bc0c27b35f0901b007ec8eaada2fa438f830a48b8'),
    ],
  },
  {
    title: 'Variables, and stopping a message',
    about:
      'A variable is text and is seen everywhere after it, in loops and snippets too. `sendSkip` skips the message with its cause.',
    examples: [
      row('{{#assign "full"}}{{firstName}} L{{/assign}}Hi {{full}}', 'Hi ada L'),
      row(
        '{{#assign "days"}}{{math 3 "*" 365}}{{/assign}}{{#each numbers}}{{add this days}} {{/each}}',
        '1098 1096 1097 ',
      ),
      row('{{#ifLt age 18}}{{sendSkip cause="too young" age=age}}{{/ifLt}}ok', 'ok'),
    ],
  },
  {
    title: 'Coupons',
    about:
      'The person’s code of a pool (`/api/coupons/pools`), whose name stands in quotes; the same wherever a message shows it. Who gets none, since the pool is empty, expired or not there, **is skipped** with `noCoupon`. Previews and tests show a sample, and give none away. The code of a WhatsApp button takes it too; Meta allows it 15 letters and digits.',
    examples: [
      row('Your code: {{coupon "Spring sale"}}', 'Your code: SPRING7K2M'),
      row(
        '{{uppercase (coupon "Club")}} {{#ifContainsStr (coupon "Club") "c"}}club{{/ifContainsStr}}',
        'CLUB1 club',
      ),
    ],
  },
  {
    title: 'Tables of metadata',
    about:
      'Values that `PUT /api/metadata/{table}/{key}` keeps. Table and key are in quotes or a field of the person; the case of a table’s name does not count, that of a key does. `as |name|` names the value and leaves all fields as they are; without it the value is the block’s subject. Where there is no value the `{{else}}` is shown; **where there is none the person is skipped** with `missingField` and the key. Keys are read together for all of a batch. A WhatsApp body takes no blocks. The examples’ tables: `shops` with the key `main`, `{"city": "Austin", "days": ["Mon", "Tue"]}`, and `users` with `u-17`, `{"email": "ada@shop.example", "tier": "gold"}`.',
    examples: [
      row(
        '{{#metadata "shops" "main" as |shop|}}{{firstName}} in {{shop.city}}{{/metadata}}',
        'ada in Austin',
      ),
      row(
        '{{#metadata "users" userId as |user|}}{{user.email}}: {{user.tier}}{{/metadata}}',
        'ada@shop.example: gold',
      ),
      row(
        '{{#metadata "Shops" "main"}}{{city}}{{#each days}} {{this}}{{/each}}{{/metadata}}',
        'Austin Mon Tue',
      ),
      row('{{#metadata "shops" tier as |shop|}}{{shop.city}}{{else}}any town{{/metadata}}', 'any town'),
    ],
  },
  {
    title: 'Catalogs',
    about:
      'Items of [catalogs](catalogs.md). `catalog` shows one by its id, `catalogKeys` those of a list of up to 50 ids that are there, `catalogCollection` what a saved search finds. Names and ids are in quotes or a field of the person; the case of a catalog’s name does not count, that of an id does. `as |name|` names what is found and leaves all fields as they are; without it that is the block’s subject. An item’s id is its field `itemId`. Where nothing is found the `{{else}}` is shown; **where there is none, or with `required=true`, the person is skipped** with `missingCatalogItem` and the item; `required=false` shows nothing, as Iterable does where nothing is said. Items are read together for all of a batch. A WhatsApp body takes no blocks. The examples’ catalog: `drinks` with `mocha`, `{"name": "Mocha", "price": 4.8}`, and `flat-white`, `{"name": "Flat white", "price": 4.2}`; the collection `cheap drinks` has both.',
    examples: [
      row('{{#catalog "drinks" "mocha" as |drink|}}{{firstName}}: {{drink.name}}{{/catalog}}', 'ada: Mocha'),
      row('{{#catalog "Drinks" "mocha"}}{{name}}, {{itemId}}{{/catalog}}', 'Mocha, mocha'),
      row('{{#catalog "drinks" tier as |drink|}}{{drink.name}}{{else}}a drink{{/catalog}}', 'a drink'),
      row('Hi{{#catalog "drinks" tier required=false as |drink|}} {{drink.name}}{{/catalog}}', 'Hi'),
      row(
        '{{#catalogKeys "drinks" drinkIds as |found|}}{{#each found}}{{name}} {{/each}}{{/catalogKeys}}',
        'Flat white Mocha ',
      ),
      row(
        '{{#catalogCollection "cheap drinks" as |found|}}{{#each found as |one|}}{{one.itemId}};{{/each}}{{/catalogCollection}}',
        'mocha;flat-white;',
      ),
    ],
  },
];
