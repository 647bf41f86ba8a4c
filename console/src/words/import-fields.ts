/** What a column can say of who somebody is. */
export const identityFields = [
  { value: 'phoneNumber', label: 'Phone number' },
  { value: 'email', label: 'Email' },
  { value: 'userId', label: 'User id' },
  { value: 'whatsAppUserId', label: 'WhatsApp user id' },
];

/** What a column can say of somebody's consent. */
export const consentFields = [
  { value: 'optIn', label: 'Consent: yes or no' },
  { value: 'optInDate', label: 'Consent: when' },
  { value: 'optInSource', label: 'Consent: where' },
  { value: 'optInText', label: 'Consent: words' },
  { value: 'optInIp', label: 'Consent: IP address' },
  { value: 'optOut', label: 'Opt-out: yes or no' },
  { value: 'optOutDate', label: 'Opt-out: when' },
];

const labels = new Map([...identityFields, ...consentFields].map(({ value, label }) => [value, label]));

/** A field of an import in plain words; a profile's field keeps its own name. */
export const importFieldWords = (field: string) => labels.get(field) ?? field;
