/**
 * Countries whose numbers WhatsApp spells otherwise than they are dialled, since the numbering plan changed after
 * its people had signed up: `dialled` finds the number in WhatsApp's spelling, `spelt` the other way round.
 * Mexico and Argentina keep the digit for mobiles (521…, 549…); in Brazil the ninth digit is missing from area code
 * 31 on (developers.facebook.com, phone numbers; chatbots' field notes).
 */
const spellings: { country: string; dialled: [RegExp, string]; spelt: [RegExp, string] }[] = [
  { country: '+52', dialled: [/^\+521(\d{10})$/, '+52$1'], spelt: [/^\+52(\d{10})$/, '+521$1'] },
  { country: '+54', dialled: [/^\+549(\d{10})$/, '+54$1'], spelt: [/^\+54(\d{10})$/, '+549$1'] },
  {
    country: '+55',
    dialled: [/^\+55([3-9]\d)([6-9]\d{7})$/, '+55$19$2'],
    spelt: [/^\+55((?:3[1-9]|[4-9]\d))9([6-9]\d{7})$/, '+55$1$2'],
  },
];

function respell(number: string, way: 'dialled' | 'spelt'): string {
  // Nearly all numbers are of other countries; this is on the way of every message.
  if (number.charCodeAt(1) !== 53) return number;
  const rule = spellings.find(({ country }) => number.startsWith(country));
  return rule ? number.replace(...rule[way]) : number;
}

/** The number as it is dialled, whichever way it is spelt: one handset has one. Other addresses stay. */
export function dialledNumber(address: string): string {
  return respell(address, 'dialled');
}

/** The number as WhatsApp's webhooks and answers spell it, with its `+`. */
export function whatsAppSpelling(number: string): string {
  return respell(respell(number, 'dialled'), 'spelt');
}
