import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../database/connect.ts';
import type { ChangeHappening, Happening, ProfileHappening } from '../http/happenings.ts';
import type { People } from './people.ts';
import type { User } from './user-row.ts';

/** A user as they were and are; null for who is new. */
export interface ChangedUser<Before = User | null> {
  before: Before;
  after: User;
  /** Fields that were written, as they were or otherwise; absent where nobody gave any. */
  given?: ReadonlySet<string>;
}

/** Characters of a value as JSON that a happening carries; what is longer is in the profile. */
const mostCarried = 500;

/** Tells, where somebody listens, of profiles that were made or written anew, and of people who may be elsewhere now. */
export async function announceProfiles(
  { announce, listensFor }: People,
  transaction: Database,
  projectId: number,
  changes: readonly ChangedUser[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const isHeard =
    (await listensFor(transaction, projectId, 'profile')) ||
    (await listensFor(transaction, projectId, 'change'));
  if (!isHeard) return;
  const happenings = changes.flatMap(({ before, after, given }): Happening[] => {
    const changed = changesOf(before ? fieldsOf(before) : new Map(), fieldsOf(after));
    const { lane, id: userId } = after;
    const ofPerson = { projectId, lane, userId, at };
    const change = (of: ChangeHappening['of']): ChangeHappening => ({ kind: 'change', of, ...ofPerson });
    const isAsBefore = before !== null && Object.keys(changed).length === 0;
    const profile: ProfileHappening = {
      kind: 'profile',
      ...ofPerson,
      isNew: before === null,
      changes: changed,
    };
    const same = [...(given ?? [])].filter((name) => !Object.hasOwn(changed, name));
    const written = before !== null && same.length > 0 ? { written: same } : {};
    return [
      isAsBefore ? { ...change('profile'), ...written } : { ...profile, ...written },
      ...(before && before.placeKey !== after.placeKey ? [change('place')] : []),
    ];
  });
  if (happenings.length > 0) await announce(transaction, happenings);
}

/** A profile's fields with its identities; what is not there is left out. */
function fieldsOf({ email, userId, phoneNumber, whatsAppUserId, dataFields }: User): Map<string, unknown> {
  const identities = { email, userId, phoneNumber, whatsAppUserId };
  return new Map(Object.entries({ ...dataFields, ...identities }).filter(([, value]) => value !== null));
}

function changesOf(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): ProfileHappening['changes'] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return Object.fromEntries(
    [...names]
      .filter((name) => !isDeepStrictEqual(before.get(name), after.get(name)))
      .map((name) => [
        name,
        { ...carried('before', before.get(name)), ...carried('after', after.get(name)) },
      ]),
  );
}

function carried(when: 'before' | 'after', value: unknown): { before?: unknown; after?: unknown } {
  return value === undefined || JSON.stringify(value).length > mostCarried ? {} : { [when]: value };
}
