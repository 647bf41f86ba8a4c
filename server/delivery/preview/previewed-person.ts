import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { laneOfUser } from '../../lanes/lanes.ts';
import type { Medium } from '../../medium/media.ts';
import { chooseAddresses } from '../../users/address-rows.sql.ts';
import { addressOn } from '../../users/addresses.ts';
import { findUsers } from '../../users/find-users.ts';
import { userOfRef } from '../../users/named-user.ts';
import { numberPlaces } from '../../users/place/number-places.ts';
import type { Recipient } from '../admission/render-for-user.ts';
import { type NamedRecipient, readRecipient } from '../recipient.ts';

/** Somebody of the project; `ref` is what lists of people call them. */
export type NamedPerson = NamedRecipient & { ref?: string | undefined };

/** For whom a template is looked at. */
export interface PreviewedPerson {
  /** Null for somebody made up. */
  person: NamedPerson | null;
  /** The profile of who is made up; of a person, what a call would give beside it. */
  dataFields: Record<string, unknown>;
  /** What `[[field]]` shows, as a campaign would give it. */
  campaignFields: Record<string, unknown>;
  /** Whether the template's data feeds are asked: now, or for what is kept of them while somebody is writing. */
  fetchDataFeeds: 'now' | 'kept' | 'no';
}

/** The one to render for on a medium, sender aside. Throws `NotFound` for a person who is none. */
export async function previewedPerson(
  { db }: Context,
  caller: Caller,
  { person, dataFields }: PreviewedPerson,
  medium: Medium,
): Promise<Omit<Recipient, 'sender'>> {
  if (person === null) {
    const text = (name: string) => (typeof dataFields[name] === 'string' ? dataFields[name] : null);
    const phone = text('phoneNumber');
    const user = { email: text('email'), externalId: text('userId'), phoneNumber: phone, dataFields };
    const address = addressOn(medium, { ...user, whatsAppUserId: null }) ?? '';
    return { user, lane: 0, address, country: countryOf(phone), messageId: 0 };
  }
  const known = person.ref
    ? await userOfRef(db, caller.project, person.ref)
    : await named(db, caller, person);
  const row = await db
    .selectFrom('users')
    .select(['email', 'external_id as externalId', 'phone_number as phoneNumber', 'data_fields'])
    .where('lane', '=', known.lane)
    .where('id', '=', known.id)
    .where('project_id', '=', caller.project.id)
    .executeTakeFirstOrThrow();
  const user = { ...row, dataFields: row.data_fields as Record<string, unknown> };
  const chosen = await chooseAddresses(db, medium, known.lane, [known.id]);
  const address = chosen.get(known.id)?.value ?? '';
  return { user, lane: laneOfUser(known.id), address, country: countryOf(row.phoneNumber), messageId: 0 };
}

async function named(db: Context['db'], caller: Caller, person: NamedRecipient) {
  const key = readRecipient(person, caller.project);
  const [known] = await findUsers(db, caller.project.id, [key]);
  if (known) return known;
  throw new ApiError(
    'NotFound',
    `Nobody of this project has ${Object.values(key).join()}; choose another person`,
    { field: 'person' },
  );
}

const countryOf = (phone: string | null): string | null =>
  phone?.startsWith('+') ? (numberPlaces(phone)[0]?.country ?? null) : null;
