/**
 * Classes of all advisory locks, each the first half of a lock's key, beside a number of its own kind: a lane, a project, a job.
 * No two are alike, so that nobody waits for a lock that means something else.
 */
export const lockClasses = {
  /** One flow of one lane, which a runner has to itself. */
  lane: 0x6c61_6e65,
  /** Who is of live segments; by lane. */
  segments: 0x7365_676d,
  /** Who lets people into journeys and has them wait there, and who takes them out; by lane. */
  journeys: 0x6a6f_7572,
  /** What is between its last look at consent and the wire; by lane. */
  laneGate: 0x6761_7465,
  /** Who gains addresses, and who puts opt-outs of them on record; by lane of the identity. */
  addressGate: 0x6e75_6d62,
  /** Updates of people, and the forgetting of some; by project. */
  forgettingGate: 0x666f_7267,
  /** A worker that lives; by its number. */
  life: 0x6469_7370,
  /** Workers that run the same flow; by flow. */
  sameFlow: 0x7365_6e64,
  /** Who settles a brake; by campaign. */
  brake: 0x6272_616b,
  /** Who records new fields of profiles; by project. */
  profileFields: 0x6669_656c,
  /** Who records new fields of events; by project. */
  eventFields: 0x6576_666c,
  /** Who makes and changes items of a catalog, and who deletes some; by catalog. */
  catalogItems: 0x6974_656d,
  /** Who runs an export; by job. */
  export: 0x6578_706f,
  /** Who migrates. */
  migration: 0x6361_7269,
  /** Who makes a project. */
  newProject: 0x6669_7273,
} as const;
