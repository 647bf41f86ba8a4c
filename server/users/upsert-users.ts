import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneOfUser } from '../lanes/lanes.ts';
import { leaveAddresses } from './address-change.ts';
import {
  addHolder,
  applyUpdate,
  chooseHolder,
  type Draft,
  draftOf,
  fieldsAfter,
  type Holders,
  identityChanges,
  newDraft,
  refOf,
  settlePlace,
} from './draft.ts';
import { mostProfileFields, mostSigns, noRoomRefusal, tooLargeRefusal } from './field-limits.ts';
import { type CheckedFields, checkFields, type TypeMismatch } from './field-types.ts';
import { shareForgettingGate } from './forgetting-gate.ts';
import { forgottenAmong, forgottenRefusal } from './forgotten.ts';
import { type ClosedGates, endingConsent } from './gates.ts';
import {
  claimIdentities,
  holdersOf,
  lockedHoldersOf,
  type OwnedIdentity,
  releaseIdentities,
  type UserRef,
} from './identity.ts';
import type { People } from './people.ts';
import {
  type PreparedUpdate,
  prepareUpdate,
  type RowRefusal,
  type UpsertOutcome,
  type UserUpdate,
} from './prepare-update.ts';
import { announceProfiles } from './profile-changes.ts';
import { rewriteUsers } from './rewrite-users.ts';
import { TryAgain } from './try-again.ts';
import { identitiesOf, insertUsers, lockUsersAnywhere, textOfFields } from './user-row.ts';

export interface UpsertOptions {
  /** ISO 3166-1; how a phone number without a prefix is read when the profile names no country. */
  defaultCountry: string;
  /** Default true; otherwise fields not seen before are left out and named in `filteredOutFields`. */
  createNewFields?: boolean;
  /** Refuse (NotFound) those who are not known in place of creating them. */
  existingOnly?: boolean;
  /** Take those too who were forgotten: they come on their own. */
  evenForgotten?: boolean;
}

/** An update with its fields checked. */
interface CheckedUpdate {
  ok: true;
  prepared: PreparedUpdate;
  checked: CheckedFields;
}

/** An update with its fields checked, or why it is refused. */
export type ReadyUpdate = CheckedUpdate | RowRefusal;

/** What is to hold with a batch or not at all: done in its transaction, with its outcomes. */
type Alongside = (transaction: Database, outcomes: readonly UpsertOutcome[]) => Promise<void>;

/** A row whose user is found or to be made. */
interface PlacedRow {
  draft: Draft;
  addresses: Pick<Draft['after'], 'email' | 'phoneNumber' | 'whatsAppUserId'>;
  created: boolean;
  ready: CheckedUpdate;
}

/**
 * Creates or updates users, up to some thousands at a time: all of the batch in one transaction, in the order
 * given, so that two rows of one person apply one after the other. A row that cannot be taken is refused with
 * its field and reason, and the others are taken. Concurrent calls that create the same person make one.
 */
export async function upsertUsers(
  people: People,
  projectId: number,
  updates: UserUpdate[],
  options: UpsertOptions,
  at: Date,
  alongside?: Alongside,
): Promise<UpsertOutcome[]> {
  const ready = await readUpdates(people.db, projectId, updates, options);
  return upsertReady(people, projectId, ready, options, at, alongside);
}

/** The same for updates whose identities and fields have been checked already. */
export async function upsertReady(
  people: People,
  projectId: number,
  ready: ReadyUpdate[],
  options: Pick<UpsertOptions, 'existingOnly' | 'evenForgotten'>,
  at: Date,
  alongside?: Alongside,
): Promise<UpsertOutcome[]> {
  if (!ready.some((row) => row.ok)) return ready.filter((row) => !row.ok);
  return endingConsent(people.db, [], async (transaction, gates) => {
    const outcomes = await applyBatch(people, transaction, gates, projectId, ready, options, at);
    await alongside?.(transaction, outcomes);
    return outcomes;
  });
}

async function readUpdates(
  db: Database,
  projectId: number,
  updates: UserUpdate[],
  options: UpsertOptions,
): Promise<ReadyUpdate[]> {
  const prepared = updates.map((update) => prepareUpdate(update, options.defaultCountry));
  const checked = await checkFields(
    db,
    projectId,
    prepared.map((row) => (row.ok ? row.fields : {})),
    options.createNewFields ?? true,
  );
  return prepared.map((row, index) => {
    if (!row.ok) return row;
    const fields = checked[index]!;
    if (fields.mismatch) return mismatchRefusal(fields.mismatch);
    if (fields.noRoom !== null) return noRoomRefusal(fields.noRoom, mostProfileFields);
    return { ok: true, prepared: { ...row, fields: fields.fields }, checked: fields };
  });
}

async function applyBatch(
  people: People,
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  ready: ReadyUpdate[],
  options: Pick<UpsertOptions, 'existingOnly' | 'evenForgotten'>,
  at: Date,
): Promise<UpsertOutcome[]> {
  const forgotten = options.evenForgotten
    ? new Set<string>()
    : await forgottenOf(transaction, projectId, ready);
  const holders = await loadHolders(transaction, projectId, ready);
  const drafts = new Set<Draft>();
  const placed = ready.map((row): RowRefusal | PlacedRow => {
    if (!row.ok) return row;
    const chosen = chooseHolder(row.prepared, holders);
    if (!chosen.ok) return chosen;
    const refusal = forgottenRefusal(row.prepared, forgotten, chosen.draft !== null);
    if (refusal) return refusal;
    if (!chosen.draft && options.existingOnly) return unknownRefusal(row.prepared);
    const draft = chosen.draft ?? newDraft(at);
    const fields = fieldsAfter(draft, row.prepared);
    if (textOfFields(fields).length > mostSigns) return tooLargeRefusal('profile');
    applyUpdate(draft, row.prepared, holders, fields);
    drafts.add(draft);
    const { email, phoneNumber, whatsAppUserId } = draft.after;
    const addresses = { email, phoneNumber, whatsAppUserId };
    return { draft, addresses, created: chosen.draft === null, ready: row };
  });
  const newcomers = [...drafts].filter((draft) => draft.before === null);
  await requireUnknownNumbers(transaction, projectId, newcomers);
  await giveIds(transaction, newcomers);
  await moveIdentities(people, transaction, gates, projectId, [...drafts], at);
  await writeDrafts(people, transaction, projectId, [...drafts], at);
  return placed.map((row) =>
    'ok' in row
      ? row
      : {
          ok: true,
          user: refOf(row.draft),
          addresses: row.addresses,
          created: row.created,
          createdFields: row.ready.checked.created,
          filteredOutFields: row.ready.checked.filteredOut,
          warnings: row.ready.prepared.warnings,
        },
  );
}

/** Which identities of the batch are forgotten; nobody is forgotten from now on until the transaction ends. */
async function forgottenOf(
  transaction: Database,
  projectId: number,
  ready: ReadyUpdate[],
): Promise<Set<string>> {
  await shareForgettingGate(transaction, projectId);
  const named = ready.flatMap((row) => (row.ok ? row.prepared.identities : []));
  return forgottenAmong(transaction, projectId, named);
}

/** Everyone whom the batch names, locked, by each of their identities. */
async function loadHolders(transaction: Database, projectId: number, ready: ReadyUpdate[]): Promise<Holders> {
  const wanted = ready.flatMap((row) => (row.ok ? row.prepared.identities : []));
  const known = await holdersOf(transaction, projectId, wanted);
  const distinct = new Map<number, UserRef>([...known.values()].flat().map((user) => [user.id, user]));
  const holders: Holders = new Map();
  const locked = await lockUsersAnywhere(transaction, projectId, distinct.values());
  for (const user of locked.sort((a, b) => a.id - b.id)) {
    const draft = draftOf(user);
    for (const identity of identitiesOf(user)) addHolder(holders, identity, draft);
  }
  // Deleted or changed between the two looks: the next look tells.
  for (const [text, users] of known)
    if (users.some(({ id }) => !holders.get(text)?.some(({ after }) => after.id === id)))
      throw new TryAgain();
  return holders;
}

/**
 * Whoever is known by a number alone is one user however many calls make them at once: nobody else may gain these
 * numbers until the transaction ends. @throws TryAgain when somebody has gained one since the first look.
 */
async function requireUnknownNumbers(
  transaction: Database,
  projectId: number,
  newcomers: Draft[],
): Promise<void> {
  const phones = newcomers.flatMap(({ after }) =>
    after.phoneNumber !== null && identitiesOf(after).length === 1 ? [after.phoneNumber] : [],
  );
  if (phones.length === 0) return;
  const holders = await lockedHoldersOf(transaction, projectId, phones);
  if (holders.size > 0) throw new TryAgain();
}

async function giveIds(transaction: Database, drafts: Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('user_id_seq') AS id FROM generate_series(1, ${drafts.length}::int)`.execute(transaction);
  drafts.forEach((draft, index) => {
    const id = rows[index]!.id;
    Object.assign(draft.after, { id, lane: laneOfUser(id) });
  });
}

async function moveIdentities(
  people: People,
  transaction: Database,
  gates: ClosedGates,
  projectId: number,
  drafts: Draft[],
  at: Date,
): Promise<void> {
  const gained: (OwnedIdentity & { isNewcomer: boolean })[] = [];
  const lost: OwnedIdentity[] = [];
  for (const draft of drafts) {
    const changes = identityChanges(draft);
    const user = refOf(draft);
    const isNewcomer = draft.before === null;
    gained.push(...changes.gained.map((identity) => ({ ...identity, user, isNewcomer })));
    lost.push(...changes.lost.map((identity) => ({ ...identity, user })));
  }
  if (lost.length > 0) {
    const known = drafts.flatMap(({ before, after }) => (before ? [{ before, after }] : []));
    await leaveAddresses(people, transaction, gates, projectId, known, at);
    await releaseIdentities(transaction, projectId, lost);
  }
  if (gained.length === 0) return;
  const taken = await claimIdentities(transaction, projectId, gained);
  if (taken < gained.length) throw new TryAgain();
  for (const capability of people.capabilities)
    await capability.gainAddresses?.(transaction, gates, projectId, gained, at);
}

async function writeDrafts(
  people: People,
  transaction: Database,
  projectId: number,
  drafts: Draft[],
  at: Date,
): Promise<void> {
  for (const draft of drafts) settlePlace(draft);
  const fresh = drafts.filter(({ before }) => before === null).map(({ after }) => after);
  const known = drafts.flatMap(({ before, after, changed, given }) =>
    before && changed ? [{ before, after, given }] : [],
  );
  await insertUsers(transaction, projectId, fresh, at);
  const made = fresh.map((after) => ({ before: null, after }));
  await announceProfiles(people, transaction, projectId, made, at);
  await rewriteUsers(people, transaction, projectId, known, at);
}

function mismatchRefusal({ field, value, expected, actual }: TypeMismatch): RowRefusal {
  const reason = `dataFields.${field} is a ${actual}, but the field holds ${expected} values; send a ${expected} or use another field`;
  return { ok: false, code: 'RequestFieldsTypesMismatched', field, value, reason };
}

function unknownRefusal(update: PreparedUpdate): RowRefusal {
  const { kind, value } = update.identities[0]!;
  const field = { email: 'email', externalId: 'userId', phone: 'phoneNumber', whatsApp: 'whatsAppUserId' }[
    kind
  ];
  return { ok: false, code: 'NotFound', field, value, reason: `no user has the ${field} ${value}` };
}
