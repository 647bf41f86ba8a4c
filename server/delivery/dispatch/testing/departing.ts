import { openLaneConnection } from '../../../lanes/lane-work.ts';
import type { Medium } from '../../../medium/media.ts';
import { builtInWires } from '../../../providers/built-in.ts';
import { openProviders } from '../../../providers/wires.ts';
import { insertFirstSenders } from '../../../senders/first-senders.ts';
import { openPaces } from '../../../senders/pace/sender-pace.ts';
import type { TestApi } from '../../../testing/api.ts';
import { loopbackAllowed } from '../../../testing/outbound.ts';
import { insertMessages, type NewMessage } from '../../admission/new-message.ts';
import { openReceiptIntake } from '../../receipts/take-in.ts';
import { loadActiveSenders } from '../active-senders.ts';
import { dispatchLane, paceOf } from '../dispatch-lane.ts';
import { openInFlight } from '../in-flight.ts';
import { openStranded } from '../stranded.ts';

const lane = 5;

/** For tests: one sender, the messages that wait for it in one lane, and what it puts on the wire. */
export interface Departing {
  lane: number;
  senderId: number;
  /** Has messages wait, numbered from 1 in this order, each to the number of its own (`phoneOf`). */
  lay(messages: readonly Partial<NewMessage>[]): Promise<void>;
  phoneOf(id: number): string;
  /** What was posted, with the instant by the test's clock. */
  posted: { to: string; at: number }[];
  /** Makes one claim at so many messages a second; `sleeps` is what waiting for a slot comes to. Where the sender's time is given away, that time goes by. */
  dispatch(mps: number, sleeps: (ms: number) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Opens it on a test's program; its messages are transactional and need no opt-in. */
export async function openDeparting(api: TestApi, medium: Medium = 'sms'): Promise<Departing> {
  const { context, clock, projectId } = api;
  const { db, url } = api.database;
  const at = clock.now();
  const simulator = { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } };
  await insertFirstSenders(db, {
    ...{ projectId, simulator, wires: builtInWires, secrets: context.secrets, at },
  });
  const { senders } = await loadActiveSenders(db, context.secrets, builtInWires);
  const sender = senders.find((each) => each.medium === medium && each.purpose === 'transactional')!;
  await openPaces(db, [paceOf(sender, at)]);
  const channel = await db
    .selectFrom('channel')
    .select('id')
    .where('medium', '=', medium)
    .where('purpose', '=', 'transactional')
    .executeTakeFirstOrThrow();
  const posted: Departing['posted'] = [];
  const phoneOf = (id: number) => `+1614555${1000 + id}`;
  const providers = openProviders(loopbackAllowed, builtInWires);
  const dispatcher = {
    ...{ number: 1, inFlight: openInFlight(10), stranded: openStranded(), known: builtInWires },
    ...{ announce: async () => undefined, intake: openReceiptIntake(db), publicUrl: 'https://go.example' },
    ...{
      secrets: context.secrets,
      freeAt: new Map<number, number>(),
      stands: () => true,
      isAlone: () => true,
    },
    noteKnownAs: async () => undefined,
    wires: {
      ...providers.wires,
      [sender.account.wire]: {
        ...providers.wires[sender.account.wire]!,
        send: async (_account: unknown, message: { to: string }) => {
          posted.push({ to: message.to, at: clock.now().getTime() });
          return { outcome: 'accepted' as const, providerMessageId: `SM${message.to}` };
        },
      },
    },
  };
  const connection = await openLaneConnection(url);
  return {
    ...{ lane, phoneOf, posted, senderId: sender.id },
    lay: async (messages) => {
      const now = clock.now();
      await insertMessages(
        db,
        lane,
        messages.map((more, index) => {
          const id = index + 1;
          return {
            ...{ id, userId: id, projectId, requestId: id, campaignId: null, templateId: 1 },
            ...{ channelId: channel.id, messageTypeId: null, medium, purpose: 'transactional' },
            ...{ basis: 'test', senderId: sender.id, toAddress: phoneOf(id), segments: 1, priceMicros: 0 },
            ...{ content: { kind: 'sms', body: 'Hello' }, skipReason: null, detail: null },
            ...{ notBefore: now, dueAt: now, closesAt: null, legalCap: null, legalCapHours: null },
            ...{ onQuiet: 'delay', onCap: 'skip', links: [], createdAt: now },
            ...more,
          } as NewMessage;
        }),
      );
    },
    dispatch: async (mps, sleeps) => {
      const turn = await dispatchLane(
        { ...dispatcher, clock: { ...clock, sleep: sleeps } },
        connection,
        lane,
        {
          ...sender,
          mps,
        },
      );
      await dispatcher.inFlight.drained();
      if (typeof turn === 'object' && 'restUntil' in turn)
        clock.advance(turn.restUntil.getTime() - clock.now().getTime());
    },
    close: () => connection.end(),
  };
}
