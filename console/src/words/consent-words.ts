const actions: Record<string, string> = {
  optIn: 'agreed',
  optInPending: 'was asked to confirm',
  optOut: 'opted out',
  pause: 'was paused by an unclear reply',
  resume: 'was resumed after a decision',
  takenBack: 'had an opt-in taken back',
};

const methods: Record<string, string> = {
  keyword: 'by a keyword they texted',
  reply: 'by a reply',
  api: 'by the API',
  import: 'by an import',
  webForm: 'on a web form',
  paper: 'on paper',
  inPerson: 'in person',
  console: 'in this console',
  link: 'by a link',
  provider: 'at the provider',
  doubleOptIn: 'by confirming twice',
};

const meanings: Record<string, string> = {
  optOut: 'read as an opt-out',
  optIn: 'read as an opt-in',
  help: 'read as a call for help',
  unclearOptOut: 'unclear: waits for a decision',
  reaction: 'a reaction to a message',
  none: '',
};

const abouts: Record<string, string> = {
  wish: 'May want fewer messages, or none.',
  wrongNumber:
    'Says that the number is not this person’s. “Opt out” ends messages to the number, whoever has it.',
  died: 'Says that this person has died. “Opt out” ends messages to the number, whoever has it.',
};

const certainties: Record<string, string> = {
  profile: 'Sure: their profile says so',
  address: 'Likely: by the address in their profile',
  number: 'Likely: by their phone number',
  country: 'Vague: only the country is known',
  unknown: 'Unknown',
};

const statuses: Record<string, { label: string; colour: string }> = {
  subscribed: { label: 'Subscribed', colour: 'green' },
  pending: { label: 'Asked to confirm', colour: 'grape' },
  unsubscribed: { label: 'Opted out', colour: 'red' },
};

/** A ledger entry's action: "agreed", "opted out". */
export const actionWords = (action: string) => actions[action] ?? action;
/** By what means a consent was given or taken back. */
export const methodWords = (method: string) => methods[method] ?? method;
/** The means that there are, with their words, for choosing. */
export const consentMethods = Object.entries(methods).map(([value, label]) => ({ value, label }));
/** What was made of an inbound text; empty for an ordinary one. */
export const meaningWords = (meaning: string) => meanings[meaning] ?? meaning;
/** What an unclear reply says beyond a wish, and what a decision does then; empty for a mere wish. */
export const aboutWords = (about: string) => abouts[about] ?? '';
/** How surely it is known where somebody is. */
export const certaintyWords = (certainty: string) => certainties[certainty] ?? certainty;
/** Where somebody stands with a channel or message type. */
export const standingWords = (status: string) =>
  statuses[status] ?? { label: 'Never agreed', colour: 'gray' };
