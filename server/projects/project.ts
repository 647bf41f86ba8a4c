import type { Database } from '../database/connect.ts';

/** A project as a new one is made: a tenant with its brand. */
export interface NewProject {
  name: string;
  /** The name people see in confirmations. */
  brand: string;
  at: Date;
}

/** Writes a project's row and answers its id; `consent/new-project.ts` makes a whole one. */
export async function insertProjectRow(transaction: Database, project: NewProject): Promise<number> {
  const { id } = await transaction
    .insertInto('project')
    .values({ name: project.name, brand: project.brand, created_at: project.at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
