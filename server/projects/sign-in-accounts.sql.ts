import { generateId } from 'better-auth';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import { ApiError } from '../http/errors.ts';
import { forgetAttempts } from './sign-in-attempts.sql.ts';

/** Somebody who may sign in to a project's console. */
export interface ConsoleAccount {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
}

/** An account as it is made: the password is already hashed. */
export interface NewConsoleAccount {
  projectId: number;
  name: string;
  email: string;
  passwordHash: string;
  at: Date;
}

/** True when anybody can sign in to any project of this installation. */
export async function anyAccountExists(db: Database): Promise<boolean> {
  const row = await db.selectFrom('console_user').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** A project's accounts, oldest first. */
export async function listAccounts(db: Database, projectId: number): Promise<ConsoleAccount[]> {
  return db
    .selectFrom('console_user')
    .select(['id', 'name', 'email', 'created_at as createdAt'])
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/**
 * Makes a project's first account, and gives the project its brand and help contact where they are told. Throws `Conflict` when there is one already; of two who try at once exactly
 * one succeeds.
 */
export async function insertFirstAccount(
  db: Database,
  account: NewConsoleAccount & { brand?: string | undefined; helpContact?: string | undefined },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM project WHERE id = ${account.projectId} FOR UPDATE`.execute(transaction);
    const existing = await transaction
      .selectFrom('console_user')
      .select('id')
      .where('project_id', '=', account.projectId)
      .limit(1)
      .executeTakeFirst();
    if (existing)
      throw new ApiError(
        'Conflict',
        'This project has an account already; sign in with it, or ask somebody who can to add you in Settings',
      );
    await insertRows(transaction, account);
    const { brand, helpContact, projectId } = account;
    if (brand !== undefined || helpContact !== undefined)
      await transaction
        .updateTable('project')
        .set({ brand, help_contact: helpContact?.trim() })
        .where('id', '=', projectId)
        .execute();
  });
}

/** Adds an account to a project. Throws `EmailAlreadyExists` when the email has one, in this project or another. */
export async function insertAccount(db: Database, account: NewConsoleAccount): Promise<void> {
  await db.transaction().execute((transaction) => insertRows(transaction, account));
}

async function insertRows(transaction: Transaction<Schema>, account: NewConsoleAccount): Promise<void> {
  const id = generateId();
  const times = { created_at: account.at, updated_at: account.at };
  const inserted = await transaction
    .insertInto('console_user')
    .values({
      id,
      project_id: account.projectId,
      name: account.name,
      // better-auth looks emails up in lower case.
      email: account.email.toLowerCase(),
      ...times,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted)
    throw new ApiError(
      'EmailAlreadyExists',
      `email ${account.email} has an account already; use another one`,
    );
  await transaction
    .insertInto('console_account')
    .values({
      id: generateId(),
      user_id: id,
      account_id: id,
      provider_id: 'credential',
      password: account.passwordHash,
      ...times,
    })
    .execute();
}

/**
 * Removes an account and its sessions. Throws `NotFound` when the project has none with this id and `Conflict`
 * when it is the last one: nobody could sign in any more.
 */
export async function deleteAccount(db: Database, projectId: number, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM project WHERE id = ${projectId} FOR UPDATE`.execute(transaction);
    const accounts = await transaction
      .selectFrom('console_user')
      .select('id')
      .where('project_id', '=', projectId)
      .execute();
    if (!accounts.some((account) => account.id === id))
      throw new ApiError('NotFound', `No account ${id} in this project; see GET /auth/accounts`);
    if (accounts.length === 1)
      throw new ApiError('Conflict', 'This is the last account; add another one before you remove it');
    await transaction.deleteFrom('console_user').where('id', '=', id).execute();
  });
}

/**
 * Gives an account of a project another password and ends its sessions. Throws `NotFound` when the project has none
 * with this id or email.
 */
export async function setPassword(
  db: Database,
  projectId: number,
  account: { id: string } | { email: string },
  passwordHash: string,
  at: Date,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const found = await transaction
      .selectFrom('console_user')
      .select(['id', 'email'])
      .where('project_id', '=', projectId)
      .where((is) =>
        'id' in account ? is('id', '=', account.id) : is('email', '=', account.email.toLowerCase()),
      )
      .executeTakeFirst();
    if (!found)
      throw new ApiError('NotFound', 'This project has no such account; see who may sign in, in Settings');
    await transaction
      .updateTable('console_account')
      .set({ password: passwordHash, updated_at: at })
      .where('user_id', '=', found.id)
      .where('provider_id', '=', 'credential')
      .execute();
    await transaction.deleteFrom('console_session').where('user_id', '=', found.id).execute();
    await forgetAttempts(transaction, found.email);
  });
}
