import { Type } from 'typebox';
import { recordWishes, type WishOutcome } from '../../consent/ledger.ts';
import { targetText } from '../../consent/standing.ts';
import { mediaOfTargets, targetOf } from '../../consent/targets.ts';
import { latestOf } from '../../consent/time-to-come.ts';
import type { Wish } from '../../consent/wish.ts';
import type { ReplyMeaning } from '../../conversations/keywords/reply-meaning.ts';
import { rowId } from '../../http/schemas.ts';
import { isObject } from '../../segments/values/group.ts';
import { pathSchema, pathWords, readPath } from '../../segments/values/path.ts';
import { addressesOf, addressesOn, isAmong } from '../../users/addresses.ts';
import { parseInstant } from '../../users/instant.ts';
import { parsePhoneNumber } from '../../users/phone-number.ts';
import { readUsers } from '../../users/user-row.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { type Agreement, enteredThemselves, lastTexts } from '../runs/agreements.sql.ts';
import type { Memory, Run } from '../runs/run.ts';
import { valueAt } from './value-at.ts';

const methods = ['webForm', 'paper', 'inPerson', 'doubleOptIn', 'keyword', 'api'] as const;

const schema = Type.Object(
  {
    kind: Type.Literal('subscribe'),
    channelId: Type.Optional(rowId),
    messageTypeId: Type.Optional(rowId),
    method: Type.Optional(
      Type.Union(
        methods.map((method) => Type.Literal(method)),
        { description: 'By which means they agreed; api unless told, which undoes no opt-out' },
      ),
    ),
    proof: Type.Optional({
      ...pathSchema,
      description:
        'Where the proof stands in what came with the entry: an object with address (the number or the like that they gave), source (where they agreed), wording (the text that they agreed to), happenedAt (when), and perhaps ip. consent unless told',
    }),
    reply: Type.Optional(
      Type.Literal(true, {
        description:
          'In place of proof: they agree by the text of theirs that this passage was given last, or by which they came in; what they were asked is kept with it',
      }),
    ),
    next: target,
    refused: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description:
      'Records that people opted in to a channel or a message type (one of the two), for the address that their proof is of: one that came with their own entry, or a text of theirs. Without it nobody is opted in: they go on by refused, which is next unless told, as do those whose opt-out stands, or who have the address no more',
  },
);

interface Proof {
  address: string;
  source: string;
  wording: string;
  happenedAt: Date;
  ip: string | null;
}

/** Records opt-ins with the proof that came with the entry, or by a text of the person. */
export const subscribeTile = tileKind('subscribe', schema, (tile, _id, place, ground) => {
  if (tile.channelId !== undefined && tile.messageTypeId !== undefined)
    throw ground.refuse(`${place}.messageTypeId`, 'cannot be given beside channelId: choose one of the two');
  const to = targetOf(tile);
  if (!to) throw ground.refuse(place, 'says not to what they agree; give channelId or messageTypeId');
  const { kind, targetId } = to;
  const reference = { kind, id: targetId };
  ground.refer(reference, `${place}.${kind === 'channel' ? 'channelId' : 'messageTypeId'}`);
  const path = readPath(tile.proof ?? 'consent', `${place}.proof`);
  const byReply = tile.reply === true;
  if (byReply && tile.proof !== undefined)
    throw ground.refuse(`${place}.proof`, 'cannot be given beside reply: choose one of the two');
  if (byReply && tile.method !== undefined)
    throw ground.refuse(`${place}.method`, 'says nothing beside reply; leave it out');
  const method = byReply ? 'reply' : (tile.method ?? 'api');
  return {
    stored: tile,
    ways: new Map([
      [next, tile.next],
      ['refused', tile.refused ?? tile.next],
    ]),
    words: `be opted in to the ${kind === 'channel' ? 'channel' : 'message type'} ${ground.nameOf(reference)}, ${byReply ? 'by the last text of theirs' : `with the proof ${pathWords(path)} of the entry`}`,
    takesTime: false,
    hears: [],
    proves: byReply ? { by: 'reply' } : { by: 'entry', path },
    act: async ({ db, announce }, { projectId, lane, now }, runs, settle) => {
      const users = await readUsers(
        db,
        projectId,
        lane,
        runs.map(({ userId }) => userId),
      );
      const userOf = new Map(users.map((user) => [user.id, user]));
      const { defaultCountry } = await db
        .selectFrom('project')
        .select('default_country as defaultCountry')
        .where('id', '=', projectId)
        .executeTakeFirstOrThrow();
      const medium = (await mediaOfTargets(db, projectId)).get(targetText(kind, targetId));
      const ids = runs.map(({ id }) => id);
      const texts = byReply ? await lastTexts(db, lane, ids) : new Map<number, Agreement>();
      const own = byReply ? new Set<number>() : await enteredThemselves(db, lane, ids);
      const proofOf = (run: Run): Proof | { fault: string } => {
        if (byReply) return proofByText(texts.get(run.id));
        const name = pathWords(path);
        if (!own.has(run.id)) return { fault: `${name} came with nothing that they did themselves` };
        const proof = proofIn(valueAt(run.data, path), run.enteredAt);
        return 'fault' in proof ? { fault: `${name}${proof.fault}` } : proof;
      };
      const memories = new Map<number, Memory>();
      const wishes: { run: Run; wish: Wish }[] = [];
      for (const run of runs) {
        const user = userOf.get(run.userId);
        const proof = proofOf(run);
        if ('fault' in proof || !user) {
          memories.set(run.id, { refused: 'fault' in proof ? proof.fault : 'unknownUser' });
          continue;
        }
        // What is proven is an agreement for one address, which is theirs on the medium still or no more.
        const theirs = medium === undefined ? addressesOf(user) : addressesOn(medium, addressesOf(user));
        const address = asKept(proof.address, defaultCountry);
        if (!isAmong(address, theirs)) {
          memories.set(run.id, { refused: 'addressGone' });
          continue;
        }
        const person = { lane, userId: user.id, projectId };
        const said = { action: 'optIn', kind, targetId, method, onlyThere: true } as const;
        wishes.push({ run, wish: { ...person, ...said, ...proof, address } });
      }
      const settleWith = (transaction: Parameters<typeof settle>[0], outcomes: readonly WishOutcome[]) => {
        wishes.forEach(({ run }, index) => {
          const outcome = outcomes[index]?.outcome ?? 'unknownUser';
          const isTaken = outcome === 'recorded' || outcome === 'pending';
          memories.set(run.id, isTaken ? { outcome } : { refused: outcome });
        });
        return settle(transaction, async () => memories);
      };
      if (wishes.length === 0) {
        await db.transaction().execute((transaction) => settleWith(transaction, []));
        return;
      }
      // What is recorded and where they go on are one transaction, since all of them are of one lane.
      await recordWishes(
        { db, announce },
        wishes.map(({ wish }) => wish),
        now,
        (transaction, _lane, outcomes) => settleWith(transaction, outcomes),
      );
    },
    rehearsal: {
      act: async (_imagining, runs) =>
        new Map(
          runs.map((run) => {
            const proof = byReply ? null : proofIn(valueAt(run.data, path), run.enteredAt);
            const memory: Memory =
              proof && 'fault' in proof
                ? { refused: `${pathWords(path)}${proof.fault}` }
                : { outcome: 'recorded' };
            return [run.id, { memory }];
          }),
        ),
      changes: ['consent', kind === 'channel' ? 'channel' : 'messageType', `${kind}:${targetId}`],
      unforeseen:
        'whether an opt-out of theirs stands against it, whether the address is theirs still, and a text of theirs are not looked at',
    },
    step: ({ memory: { outcome, refused } }) =>
      refused === undefined ? { go: next, seen: { outcome } } : { go: 'refused', seen: { refused } },
  };
});

/** An address of a proof, written as people write it, as it is kept with a person. Pure. */
function asKept(address: string, defaultCountry: string): string {
  if (address.includes('@')) return address.toLowerCase();
  const number = parsePhoneNumber(address, defaultCountry);
  return number.ok ? number.e164 : address;
}

/**
 * The proof that came with an entry, or what of it is missing. Nobody has agreed later than they came in with it: so whatever they refuse afterwards is
 * newer than it. Pure.
 */
function proofIn(given: unknown, enteredAt: Date): Proof | { fault: string } {
  if (!isObject(given)) return { fault: ' did not come with the entry' };
  const { address, source, wording, happenedAt, ip } = given;
  if (typeof address !== 'string' || address.trim() === '')
    return { fault: '.address is missing: the number or the like for which they agreed' };
  if (typeof source !== 'string' || source.trim() === '')
    return { fault: '.source is missing: where they agreed' };
  if (typeof wording !== 'string' || wording.trim() === '')
    return { fault: '.wording is missing: the text that they agreed to' };
  const at =
    typeof happenedAt === 'string' || typeof happenedAt === 'number' ? parseInstant(happenedAt) : null;
  if (at === null) return { fault: '.happenedAt is missing, or no instant: when they agreed' };
  if (at > latestOf(enteredAt)) return { fault: '.happenedAt is later than their entry, with which it came' };
  const agreedAt = at < enteredAt ? at : enteredAt;
  return {
    ...{ address: address.trim(), source, wording, happenedAt: agreedAt },
    ip: typeof ip === 'string' ? ip : null,
  };
}

/** What texts are understood to ask for that may agree to something: an opt-in, or what has no such meaning by itself. */
const agreeing: ReadonlySet<string> = new Set(['optIn', 'none'] satisfies ReplyMeaning['meaning'][]);

/** The proof that a text of theirs is, with what they were asked. Pure. */
function proofByText(text: Agreement | undefined): Proof | { fault: string } {
  if (!text) return { fault: 'no text of theirs was given to this passage' };
  const { body, from, to, at, meaning, asked } = text;
  if (!agreeing.has(meaning))
    return { fault: 'the text is a refusal, a call for help or a reaction, and no agreement' };
  return {
    ...{ address: from, source: `a text to ${to}`, happenedAt: at, ip: null },
    wording: asked === null ? body : `Asked: ${asked}\nAnswered: ${body}`,
  };
}
