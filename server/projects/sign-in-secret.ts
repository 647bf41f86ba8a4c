import { randomBytes } from 'node:crypto';
import type { Context } from '../http/context.ts';

/**
 * The secret that signs session cookies: 32 random bytes as base64, made by whichever process asks first and
 * kept sealed in the database, so that every process signs and checks with the same. Throws when it was sealed
 * under another installation key.
 */
export async function signInSecret(context: Context): Promise<string> {
  await context.db
    .insertInto('console_secret')
    .values({
      sealed: context.secrets.seal(randomBytes(32).toString('base64')),
      created_at: context.clock.now(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { sealed } = await context.db.selectFrom('console_secret').select('sealed').executeTakeFirstOrThrow();
  const secret = context.secrets.open(sealed);
  if (typeof secret !== 'string')
    throw new Error('console_secret holds no text; delete its row and start again');
  return secret;
}
