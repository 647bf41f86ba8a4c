import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ErrorClass } from './error-class.ts';
import type { OpenWire, OutgoingMessage, ProviderAccount, SendResult } from './sending.ts';

/** What a provider does with the next requests: answers, cuts the connection, or holds its answer back. */
export type ProviderTurn<Answer> =
  | { do: 'answer'; answer: Answer }
  | { do: 'cut' }
  | { do: 'hold'; answer: Answer };

/** A provider's side of a wire, listening on a port of this machine for one contract run. */
export interface ContractProvider<Answer> {
  account: ProviderAccount;
  /** Sets what it does with every message from now on. */
  turn(turn: ProviderTurn<Answer>): void;
  /** Messages that arrived whole. */
  arrived(): number;
  /** Lets held answers go. */
  release(): void;
  close(): Promise<void>;
}

/** An answer of a provider and how the wire must read it. */
export interface ContractRefusal<Answer> {
  says: string;
  answer: Answer;
  errorClass: ErrorClass;
  code: string;
  retryAfterMs?: number;
}

/** All that a wire brings to its contract. */
export interface WireContract<Answer> {
  wire: OpenWire;
  message: OutgoingMessage;
  provider(): Promise<ContractProvider<Answer>>;
  accepting: Answer;
  /** The id the accepting answer gives; absent where the wire makes its own. */
  providerMessageId?: string;
  refusals: readonly ContractRefusal<Answer>[];
  /** An account of a provider that nobody runs: a port on which nothing listens. */
  nobody(port: number): ProviderAccount;
}

/** Runs the promises that every wire makes against one wire. */
export function describeWireContract<Answer>(name: string, contract: WireContract<Answer>): void {
  const { wire, message } = contract;

  describe(`${name} keeps the contract of wires`, () => {
    let provider: ContractProvider<Answer>;
    before(async () => {
      provider = await contract.provider();
    });
    afterEach(() => provider.release());
    after(async () => {
      await wire.close?.();
      await provider.close();
    });

    it('an accepted message has the id the provider knows it by', async () => {
      provider.turn({ do: 'answer', answer: contract.accepting });
      const sent = await watch(wire, provider.account, message);
      assert.equal(sent.result.outcome, 'accepted');
      assert.ok(sent.result.outcome === 'accepted' && sent.result.providerMessageId.length > 0);
      if (contract.providerMessageId !== undefined) {
        assert.equal(sent.result.providerMessageId, contract.providerMessageId);
      }
      assert.equal(sent.departures, 1);
    });

    for (const refusal of contract.refusals) {
      it(`${refusal.says} is ${refusal.errorClass}`, async () => {
        provider.turn({ do: 'answer', answer: refusal.answer });
        const { result, departures } = await watch(wire, provider.account, message);
        assert.equal(result.outcome, 'refused');
        assert.ok(result.outcome === 'refused');
        assert.equal(result.errorClass, refusal.errorClass);
        assert.equal(result.code, refusal.code);
        assert.notEqual(result.detail, '');
        if (refusal.retryAfterMs !== undefined) assert.equal(result.retryAfterMs, refusal.retryAfterMs);
        assert.equal(departures, 1);
      });
    }

    it('a connection cut after the message arrived leaves its fate unknown, and it is not sent again', async () => {
      provider.turn({ do: 'cut' });
      const before = provider.arrived();
      const { result, departures } = await watch(wire, provider.account, message);
      assert.equal(result.outcome, 'unknown');
      assert.equal(departures, 1);
      assert.equal(provider.arrived(), before + 1);
    });

    it('a provider that cannot be reached was sent nothing', async () => {
      const { result, departures } = await watch(wire, contract.nobody(await unusedPort()), message);
      assert.ok(result.outcome === 'refused');
      assert.equal(result.errorClass, 'unsent');
      assert.equal(result.code, 'CONNECT');
      assert.equal(departures, 1);
    });

    it('the departure is told while the provider still holds its answer', async () => {
      provider.turn({ do: 'hold', answer: contract.accepting });
      const departed = Promise.withResolvers<void>();
      let departures = 0;
      let settled = false;
      const sending = wire
        .send(provider.account, message, {
          onDeparted() {
            departures++;
            departed.resolve();
          },
        })
        .finally(() => {
          settled = true;
        });
      await departed.promise;
      assert.equal(settled, false);
      provider.release();
      provider.turn({ do: 'answer', answer: contract.accepting });
      assert.equal((await sending).outcome, 'accepted');
      assert.equal(departures, 1);
    });

    it('a message stopped before it departed never reaches the provider', async () => {
      provider.turn({ do: 'answer', answer: contract.accepting });
      const before = provider.arrived();
      const { result, departures } = await watch(wire, provider.account, message, AbortSignal.abort());
      assert.ok(result.outcome === 'refused');
      assert.equal(result.errorClass, 'unsent');
      assert.equal(result.code, 'ABORTED');
      assert.equal(departures, 1);
      assert.equal(provider.arrived(), before);
    });

    it('many messages at once each end in a result of their own', async () => {
      provider.turn({ do: 'answer', answer: contract.accepting });
      const before = provider.arrived();
      const all = await Promise.all(Array.from({ length: 40 }, () => watch(wire, provider.account, message)));
      assert.ok(all.every(({ result, departures }) => result.outcome === 'accepted' && departures === 1));
      assert.equal(provider.arrived(), before + 40);
    });

    it('a listener that throws at the departure costs the message nothing', async () => {
      provider.turn({ do: 'answer', answer: contract.accepting });
      const onDeparted = () => {
        throw new Error('listener');
      };
      assert.equal((await wire.send(provider.account, message, { onDeparted })).outcome, 'accepted');
    });

    it('content or an account of another wire is refused without a word to the provider', async () => {
      const before = provider.arrived();
      const other: OutgoingMessage =
        message.content.kind === 'sms'
          ? { ...message, content: { kind: 'whatsAppMessage', type: 'text', body: 'Hello' } }
          : { ...message, content: { kind: 'sms', body: 'Hello' } };
      const { result, departures } = await watch(wire, provider.account, other);
      assert.ok(result.outcome === 'refused');
      assert.equal(result.errorClass, 'permanent');
      assert.equal(departures, 1);
      assert.equal(provider.arrived(), before);
    });
  });
}

async function watch(
  wire: OpenWire,
  account: ProviderAccount,
  message: OutgoingMessage,
  signal?: AbortSignal,
): Promise<{ result: SendResult; departures: number }> {
  let departures = 0;
  const onDeparted = () => {
    departures++;
  };
  const result = await wire.send(account, message, {
    onDeparted,
    ...(signal === undefined ? {} : { signal }),
  });
  return { result, departures };
}

/** A port that was free a moment ago, so that connecting to it is refused. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 9;
}
