import type { Database } from '../database/connect.ts';
import type { CallerProject } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { laneCount } from '../lanes/lanes.ts';
import { refusalError } from './bulk-answer.ts';
import { findHolders, findUsers } from './find-users.ts';
import type { UserKey, UserRef } from './identity.ts';
import { parsePhoneNumber } from './phone-number.ts';
import type { RowRefusal } from './prepare-update.ts';

/** How a request may name one person; the first that is there counts. */
export interface UserName {
  userId?: string | undefined;
  email?: string | undefined;
  /** As people write it; read with the project's country. */
  phone?: string | undefined;
  whatsAppUserId?: string | undefined;
}

/** The key of a name. @throws ApiError BadParams when nothing is named, InvalidPhoneNumber for no number. */
export function keyOfName(name: UserName, project: Pick<CallerProject, 'defaultCountry'>): UserKey {
  if (name.userId) return { userId: name.userId };
  if (name.email) return { email: name.email };
  if (name.whatsAppUserId) return { whatsAppUserId: name.whatsAppUserId };
  if (!name.phone)
    throw new ApiError('BadParams', 'Nobody is named; give email, userId or phone', { field: 'email' });
  const number = parsePhoneNumber(name.phone, project.defaultCountry);
  if (number.ok) return { phone: number.e164 };
  throw new ApiError('InvalidPhoneNumber', `phone ${name.phone}: ${number.reason}`, {
    field: 'phone',
    value: name.phone,
  });
}

/** The user of a name. @throws ApiError NotFound when there is none, SharedPhoneNumber when there are several. */
export async function namedUser(db: Database, project: CallerProject, name: UserName): Promise<UserRef> {
  const key = keyOfName(name, project);
  const user = await onlyHolder(db, project.id, key);
  if (user) return user;
  const [field, value] = Object.entries(key)[0]!;
  throw new ApiError('NotFound', `No user has the ${field} ${value}`, { field, value });
}

/** The one user of a key, null for nobody. @throws ApiError SharedPhoneNumber when several share the phone. */
export async function onlyHolder(db: Database, projectId: number, key: UserKey): Promise<UserRef | null> {
  const [users = []] = await findHolders(db, projectId, [key]);
  if (users.length > 1) throw refusalError(sharedNumber(users.length, key));
  return users[0] ?? null;
}

/** Why a call that means one person cannot name them by a number that several share. */
export function sharedNumber(count: number, key: UserKey): RowRefusal {
  const [field, value] = Object.entries(key)[0]!;
  const reason = `${field} ${value} belongs to ${count} users; name one by email or userId`;
  return { ok: false, code: 'SharedPhoneNumber', field, value, reason };
}

/** The user behind `id:<lane>.<id>`, an email or a userId. @throws ApiError NotFound. */
export async function userOfRef(db: Database, project: CallerProject, ref: string): Promise<UserRef> {
  const [, lane, id] = /^id:(\d{1,2})\.(\d{1,15})$/.exec(ref) ?? [];
  if (lane !== undefined && id !== undefined && Number(lane) < laneCount) {
    const row = await db
      .selectFrom('users')
      .select(['lane', 'id'])
      .where('lane', '=', Number(lane))
      .where('id', '=', Number(id))
      .where('project_id', '=', project.id)
      .executeTakeFirst();
    if (row) return row;
    throw new ApiError('NotFound', `No user ${ref} in this project`, { field: 'ref', value: ref });
  }
  const [byUserId, byEmail] = await findUsers(db, project.id, [{ userId: ref }, { email: ref }]);
  const user = byUserId ?? byEmail;
  if (!user)
    throw new ApiError('NotFound', `No user has the email or userId ${ref}`, { field: 'ref', value: ref });
  return user;
}
