import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { VerificationProfileTable } from '../database/tables/verifications.ts';
import { ApiError } from '../http/errors.ts';

/** How a project has codes sent, as its row has it. */
export type Profile = Selectable<VerificationProfileTable>;

/** What may be said of a profile. */
export type ProfileFields = Omit<
  Insertable<VerificationProfileTable>,
  'id' | 'project_id' | 'created_at' | 'updated_at'
>;

/** The project's profiles, by name. */
export const listProfiles = (db: Database, projectId: number): Promise<Profile[]> =>
  db
    .selectFrom('verification_profile')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();

/** A profile of the project. @throws ApiError NotFound. */
export async function requireProfile(
  db: Database,
  projectId: number,
  id: number,
  field = 'id',
): Promise<Profile> {
  const profile = await db
    .selectFrom('verification_profile')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (profile) return profile;
  throw new ApiError(
    field === 'id' ? 'NotFound' : 'BadParams',
    `${field} ${id} is no verification profile of this project; GET /api/verifications/profiles lists them`,
    { field, value: id },
  );
}

/** Makes a profile; null where the project has one of this name. */
export async function insertProfile(
  db: Database,
  projectId: number,
  fields: ProfileFields,
  at: Date,
): Promise<Profile | null> {
  const row = await db
    .insertInto('verification_profile')
    .values({ ...fields, project_id: projectId, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Changes a profile; null where another has the name. */
export async function updateProfile(
  db: Database,
  { project_id, id }: Profile,
  fields: ProfileFields,
  at: Date,
): Promise<Profile | null> {
  const row = await db
    .updateTable('verification_profile')
    .set({ ...fields, updated_at: at })
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM verification_profile o
        WHERE o.project_id = ${project_id} AND o.name = ${fields.name} AND o.id <> ${id})`,
    )
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Deletes a profile with its sums; codes that it sent can no longer be checked. */
export async function deleteProfile(db: Database, { project_id, id }: Profile): Promise<void> {
  await db
    .deleteFrom('verification_profile')
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .execute();
}
