/** How a campaign's state is shown: its words, its colour, and what it means. */
export interface StateWords {
  label: string;
  colour: string;
  meaning: string;
}

const ofBlasts: Record<string, StateWords> = {
  Draft: { label: 'Draft', colour: 'gray', meaning: 'not sent, and not scheduled' },
  Ready: { label: 'Draft', colour: 'gray', meaning: 'not sent, and not scheduled' },
  Scheduled: { label: 'Scheduled', colour: 'grape', meaning: 'starts by itself at its time' },
  Running: { label: 'Sending', colour: 'blue', meaning: 'messages leave, or wait for their time or turn' },
  Paused: { label: 'Paused', colour: 'orange', meaning: 'nothing of it leaves until it is resumed' },
  Finished: { label: 'Finished', colour: 'green', meaning: 'everybody has been sent to or skipped' },
  NothingSent: { label: 'Nothing sent', colour: 'red', meaning: 'it is over, and everybody was skipped' },
  Aborted: { label: 'Aborted', colour: 'red', meaning: 'stopped for good' },
  Archived: { label: 'Archived', colour: 'gray', meaning: 'kept for its numbers' },
};

const ofTriggered: Record<string, StateWords> = {
  ...ofBlasts,
  Draft: { label: 'Not active', colour: 'gray', meaning: 'calls that send it are refused' },
  Ready: { label: 'Not active', colour: 'gray', meaning: 'calls that send it are refused' },
  Running: { label: 'Active', colour: 'blue', meaning: 'is sent whenever it is called' },
  Finished: { label: 'Not active', colour: 'gray', meaning: 'was active, and can be activated again' },
};

/** Words of a campaign's state; a triggered one that runs waits to be called. */
export function campaignStateWords(state: string, type: 'Blast' | 'Triggered'): StateWords {
  return (
    (type === 'Triggered' ? ofTriggered : ofBlasts)[state] ?? { label: state, colour: 'gray', meaning: '' }
  );
}
