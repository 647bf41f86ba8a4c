/**
 * What a column holds. The named ones have a meaning of their own; anything else is the name of a profile
 * field; `ignore` leaves the column out.
 */
export type ColumnMeaning = string;

/** Meanings that are not profile fields, with the headers by which they are known (folded by `foldHeader`). */
const knownHeaders: Record<string, readonly string[]> = {
  email: ['email', 'emailaddress', 'mail', 'e-mail'],
  userId: ['userid', 'customerid', 'externalid', 'id', 'contactid'],
  phoneNumber: [
    ...[
      'phone',
      'phonenumber',
      'mobile',
      'mobilenumber',
      'mobilephone',
      'cell',
      'cellphone',
      'telephone',
      'tel',
    ],
    ...['msisdn', 'sms', 'handy', 'telefon', 'telefono', 'celular', 'portable', 'smsnumber', 'whatsapp'],
  ],
  whatsAppUserId: ['whatsappuserid'],
  optIn: [
    ...ofConsent(''),
    ...ofConsent('status'),
    ...['optedin', 'subscribed', 'smssubscribed', 'emailsubscribed', 'whatsappsubscribed'],
    ...['optinsms', 'optinemail', 'optinwhatsapp', 'acceptsmarketing', 'acceptssmsmarketing'],
    'acceptsemailmarketing',
  ],
  optInDate: [...ofConsent('date'), ...ofConsent('time'), ...ofConsent('at'), 'optedinat'],
  optInSource: ofConsent('source'),
  optInText: [...ofConsent('text'), ...ofConsent('wording')],
  optInIp: [...ofConsent('ip'), 'ipaddress'],
  firstName: ['firstname', 'givenname', 'vorname', 'nombre', 'prenom'],
  lastName: ['lastname', 'surname', 'familyname', 'nachname', 'apellido', 'apellidos'],
  postalCode: ['postalcode', 'zip', 'zipcode', 'postcode', 'plz'],
  timeZone: ['timezone', 'tz'],
  state: ['state'],
  country: ['country', 'countrycode'],
  city: ['city', 'town'],
};

/** Headers for one side of a consent, `ending` naming which: of any medium, or of the one that stands before it. */
function ofConsent(ending: string): string[] {
  const media = ['', 'sms', 'text', 'whatsapp', 'email', 'mobile', 'phone', 'marketing'];
  return media.flatMap((medium) => [`${medium}optin${ending}`, `${medium}consent${ending}`]);
}

const byHeader = new Map(
  Object.entries(knownHeaders).flatMap(([meaning, headers]) =>
    headers.map((header) => [header, meaning] as const),
  ),
);

/** Meanings of columns that speak of consent. */
export const consentColumns: ReadonlySet<string> = new Set([
  'optIn',
  'optInDate',
  'optInSource',
  'optInText',
  'optInIp',
]);

/**
 * What each column of a file holds, in order: as `chosen` says by header, else by what the header is known to
 * mean, else a profile field of the header's name. A meaning is given to the first column only that claims it.
 */
export function mapColumns(
  headers: readonly string[],
  chosen: Readonly<Record<string, string>> = {},
): ColumnMeaning[] {
  const taken = new Set(headers.flatMap((header) => chosen[header.trim()] ?? []));
  return headers.map((header) => {
    const name = header.trim();
    const own = chosen[name];
    if (own !== undefined) return own === '' ? 'ignore' : own;
    const meaning = byHeader.get(foldHeader(name));
    if (meaning !== undefined && !taken.has(meaning)) {
      taken.add(meaning);
      return meaning;
    }
    return name === '' ? 'ignore' : name;
  });
}

function foldHeader(header: string): string {
  return header
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}
