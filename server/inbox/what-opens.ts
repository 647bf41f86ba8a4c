/** What is known of something that a person sent. */
export interface Received {
  /** What was made of its words (`inbound_message.meaning`). */
  meaning: string;
  /** What it is, words or other than words (`inbound_message.kind`). */
  kind: string;
  /** It was a word that is obeyed: STOP, HELP, START, one of the project's own, a YES to a question of ours. */
  isObeyed: boolean;
  /** Which message's button or row was tapped: one of a campaign or journey, or what an agent sent; null where nothing was. */
  tapOn: 'campaign' | 'other' | null;
}

/**
 * What something that a person sent does to their thread. `opens`: somebody is to answer it, so it makes a thread where none is open.
 * `joins`: it needs no answer, but whoever has the person's thread open should know of it. `nothing`: it is shown among the others.
 */
export type Effect = 'opens' | 'joins' | 'nothing';

/**
 * The one rule of what opens a thread. A campaign to a hundred thousand people is answered by STOPs, hearts and taps of its own
 * buttons, and none of them waits for a person. An unclear wish to be left alone does: somebody decides on it. Pure.
 */
export function effectOf({ meaning, kind, isObeyed, tapOn }: Received): Effect {
  if (meaning === 'reaction' || kind === 'reaction' || kind === 'revoke') return 'nothing';
  return isObeyed || tapOn === 'campaign' ? 'joins' : 'opens';
}
