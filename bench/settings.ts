import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What a run of the bench is told by the environment. */
export interface Settings {
  /** People in the blast's audience (`BENCH_USERS`). */
  users: number;
  /** Messages of a run of the bare wire. */
  rawMessages: number;
  /** Folder for CPU profiles of the program's threads (`BENCH_PROFILE`), or null for none. */
  profile: string | null;
}

const usualUsers = 100_000;
/** Fewer would be over before the wire is warm. */
const fewestRawMessages = 30_000;
const fewestUsers = 1_000;

/** Reads them; an error names the variable and the remedy. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const text = environment.BENCH_USERS || String(usualUsers);
  const users = Number(text);
  if (!Number.isInteger(users) || users < fewestUsers)
    throw new Error(`BENCH_USERS=${text} is not a whole number of at least ${fewestUsers}`);
  const profile = environment.BENCH_PROFILE ? resolve(environment.BENCH_PROFILE) : null;
  return { users, rawMessages: Math.max(users, fewestRawMessages), profile };
}

const million = 1_000_000;

/** How many people `million` and `definitions` make: a million, or what `--people` says. */
export function readMillion(words: readonly string[]): number {
  const { values } = parseArgs({ args: [...words], options: { people: { type: 'string' } } });
  const people = Number(values.people ?? million);
  if (!Number.isInteger(people) || people < fewestUsers)
    throw new Error(`--people ${values.people} is not a whole number of at least ${fewestUsers}`);
  return people;
}

/** What a soak is told by its words. */
export interface SoakOrders {
  minutes: number;
  /** The same seed draws the same troubles. */
  seed: number;
}

const usualMinutes = 30;
/** A shorter one has no calm part to judge growth by. */
const fewestMinutes = 2;

/** Reads the words after `soak`: `--minutes`, 30 unless told, and `--seed`. */
export function readSoak(words: readonly string[]): SoakOrders {
  const options = { minutes: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...words], options });
  const minutes = Number(values.minutes ?? usualMinutes);
  if (!Number.isFinite(minutes) || minutes < fewestMinutes)
    throw new Error(`--minutes ${values.minutes} is not a number of at least ${fewestMinutes}`);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed} is not a whole number`);
  return { minutes, seed };
}
