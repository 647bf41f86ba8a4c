import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { type FlowAccount, flowAccountOf, notDone } from './flow-account.ts';
import { flowTags } from './flow-routes.ts';
import { insertFlowKey, readFlowKeys } from './keys.sql.ts';

const makeKeyPair = promisify(generateKeyPair);
const keyBits = 2048;

const keyAnswer = Type.Object({
  publicKey: nullable(Type.String({ description: 'PEM; null while none was made' })),
  createdAt: nullable(Type.String()),
  status: nullable(
    Type.String({
      description: 'What Meta says of the number’s key: VALID, MISMATCH; null where it has none',
    }),
  ),
});

/** Keys by which phones encrypt what they send to flows' endpoints. The private half never leaves the database, where it is sealed. */
export const flowKeyRoutes: Routes = (api, context) => {
  api.get(
    '/api/whatsApp/flowKey',
    {
      schema: {
        tags: flowTags,
        summary: 'The key by which phones that write to a number encrypt what they send to flows',
        querystring: Type.Object({ senderId: rowId }),
        response: { 200: keyAnswer },
      },
    },
    async ({ caller, query }) =>
      look(context, await flowAccountOf(context, caller.project.id, query.senderId)),
  );
  api.post(
    '/api/whatsApp/flowKey',
    {
      schema: {
        tags: flowTags,
        summary: 'Make the account’s key known to Meta for a number; the first time it is made',
        body: Type.Object({
          senderId: rowId,
          isNew: Type.Optional(
            Type.Boolean({
              description:
                'Make another key. The one before opens calls until two more were made, so that other numbers go on',
            }),
          ),
        }),
        response: { 200: keyAnswer },
      },
    },
    async ({ caller, body }) => {
      const number = await flowAccountOf(context, caller.project.id, body.senderId);
      const { account, flows, wireAddress } = number;
      const [present] = await readFlowKeys(context.db, account.id);
      const publicKey =
        present && !body.isNew ? present.publicKey : await makeKey(context, caller.project.id, account.id);
      const done = await flows.registerKey(account, wireAddress, publicKey, context.providers.exchanges);
      if (done.outcome !== 'done') throw notDone(number, done, 'did not take the key');
      return look(context, number);
    },
  );
};

async function makeKey({ db, secrets, clock }: Context, projectId: number, accountId: number) {
  const { publicKey, privateKey } = await makeKeyPair('rsa', {
    modulusLength: keyBits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const sealed = secrets.seal(privateKey);
  await insertFlowKey(db, projectId, accountId, { publicKey, privateKey: sealed, createdAt: clock.now() });
  return publicKey;
}

async function look(context: Context, number: FlowAccount & { wireAddress: string }) {
  const { account, flows, wireAddress } = number;
  const [key] = await readFlowKeys(context.db, account.id);
  const told = await flows.keyStatus(account, wireAddress, context.providers.exchanges);
  if (told.outcome !== 'found') throw notDone(number, told, 'did not tell of the key');
  return {
    ...{ publicKey: key?.publicKey ?? null, createdAt: key?.createdAt.toISOString() ?? null },
    status: told.status,
  };
}
