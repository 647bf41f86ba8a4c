import type { StateWords } from './campaign-states.ts';

const states: Record<string, StateWords> = {
  draft: { label: 'Draft', colour: 'gray', meaning: 'nobody enters before it is published' },
  open: { label: 'Open', colour: 'green', meaning: 'people enter, and those inside move on' },
  closed: { label: 'Closed', colour: 'blue', meaning: 'nobody enters; those inside move on' },
  paused: { label: 'Paused', colour: 'orange', meaning: 'nobody enters or moves, and nothing of it leaves' },
  stopped: { label: 'Stopped', colour: 'red', meaning: 'all who were inside were let go' },
  archived: { label: 'Archived', colour: 'gray', meaning: 'kept for its numbers' },
};

/** How a journey's state is shown. */
export const journeyStateWords = (state: string): StateWords =>
  states[state] ?? { label: state, colour: 'gray', meaning: '' };

/** Why somebody left a journey, as the end of a sentence that begins with "they". */
const leaving: Readonly<Record<string, string>> = {
  finished: 'came to an end of it',
  exitTile: 'came to a tile where people leave',
  exitRule: 'were taken out by an exit rule',
  goal: 'reached the goal',
  expired: 'were inside for longer than anybody may be',
  expiredWhilePaused: 'were overdue when it was resumed',
  journeyChanged: 'were at a tile that was taken away',
  stopped: 'were let go when it was stopped',
  userDeleted: 'were deleted',
  merged: 'were merged with somebody who was further on',
  optedOut: 'opted out of all that it sends',
};

/** The reasons, to choose from. */
export const leavingReasons = Object.entries(leaving).map(([value, label]) => ({ value, label }));

/** The same of one this console does not know yet by its name. */
export const leavingWords = (reason: string): string => leaving[reason] ?? reason;

const notEntering: Readonly<Record<string, string>> = {
  alreadyInside: 'they were inside already, and no more of their passages may be under way at once',
  lifetimeLimit: 'they had entered as often as the journey allows',
  tooSoon: 'it was too soon after they last entered',
  notAudience: 'they were not of those who may enter',
  tooOld: 'it had happened too long ago',
  exitRule: 'an exit rule held of them already',
  overRate: 'as many had entered in that hour or day as may',
  tooManyHops: 'they had been sent on from journey to journey too often',
  notOpen: 'the journey let nobody in at the time',
  noKey: 'the field by which passages are told apart was missing',
  unfinished: 'there is more of them than a rehearsal goes through',
};

/** Why somebody who was to enter did not. */
export const notEnteringWords = (reason: string): string => notEntering[reason] ?? reason;
