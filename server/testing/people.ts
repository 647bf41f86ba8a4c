import type { TestProgram } from './program.ts';

/** A message as the simulator's ledger has it, as far as tests read it. */
export interface LedgerLine {
  id: string;
  wire: 'twilio' | 'meta' | 'smtp';
  from: string;
  to: string;
  body: string;
  media: string[];
  status: string;
  type?: string;
  template?: { name: string; language: string; components: unknown[]; parameters: string[] };
  subject?: string;
  html?: string;
  headers?: Record<string, string>;
  userId?: string;
}

/** Numbers of the first start's senders. */
export const ours = {
  promotional: '+12025550110',
  transactional: '+12025550120',
  shortCode: '24365',
  tollFree: '+18005550130',
  whatsApp: '+12025550140',
} as const;

/** Handsets as people use them: they write, and one can see what has come to them. */
export interface Handsets {
  /** A person writes to one of our senders; resolves when our webhook has taken it. */
  writes(from: string, to: string, body: string, more?: Record<string, unknown>): Promise<void>;
  /** What has come to a handset so far. */
  heard(to: string): Promise<LedgerLine[]>;
  /** The same once at least `count` have come. */
  hears(to: string, count: number): Promise<LedgerLine[]>;
  /** What came to a handset and had `body` in it. */
  hearsOf(to: string, words: RegExp): Promise<LedgerLine>;
}

/** Handsets on a test program's simulator. */
export function handsets(program: TestProgram): Handsets {
  const heard = async (to: string) => {
    const { messages } = await program.simulator<{ messages: LedgerLine[] }>(
      'GET',
      `/ledger?to=${encodeURIComponent(to)}&limit=1000`,
    );
    return messages;
  };
  return {
    heard,
    writes: async (from, to, body, more = {}) => {
      const { webhook } = await program.simulator<{ webhook: { status: number | null } }>(
        'POST',
        `/handsets/${encodeURIComponent(from)}/messages`,
        { to, body, ...more },
      );
      if (webhook.status === null || webhook.status >= 300)
        throw new Error(`our webhook answered ${webhook.status} to ${body}`);
    },
    hears: (to, count) =>
      program.until(`${count} messages to ${to}`, async () => {
        const lines = await heard(to);
        return lines.length >= count ? lines : null;
      }),
    hearsOf: (to, words) =>
      program.until(`${words} at ${to}`, async () => {
        const lines = await heard(to);
        return lines.find((line) => words.test(line.body)) ?? null;
      }),
  };
}

/** The ids of the first start's message types, by the name of their channel. */
export async function typesByChannel(
  program: Pick<TestProgram, 'call'>,
): Promise<Map<string, { channelId: number; messageTypeId: number }>> {
  const { channels } = await program.call<{ channels: { id: number; name: string }[] }>(
    'GET',
    '/api/channels',
  );
  const { messageTypes } = await program.call<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  return new Map(
    channels.map((channel) => {
      const type = messageTypes.find((each) => each.channelId === channel.id);
      return [channel.name, { channelId: channel.id, messageTypeId: type?.id ?? 0 }];
    }),
  );
}

/** How a project stands with one person. */
export interface Proof {
  standings: {
    kind: string;
    targetId: number;
    status: string;
    paused: boolean;
    channelName: string;
    medium: string;
  }[];
  entries: {
    action: string;
    kind: string;
    targetId: number;
    address: string | null;
    method: string;
    source: string;
    wording: string | null;
    happenedAt: string;
  }[];
}

/** Where somebody stands and the ledger that proves it; named by phone, email, userId or whatsAppUserId. */
export function proofOf(program: Pick<TestProgram, 'call'>, who: Record<string, string>): Promise<Proof> {
  return program.call<Proof>('GET', `/api/consent/proof?${new URLSearchParams(who)}`);
}

/** A campaign's live answer, as far as tests read it. */
export interface Live {
  state: string;
  /** Of the pending, those admitted who wait for their hour, and those of launches still to come. */
  waiting: number;
  totals: {
    audience: number;
    sends: number;
    delivered: number;
    read: number;
    bounced: number;
    awaitingReceipt: number;
    pending: number;
    skips: number;
    skipsByReason: Record<string, number>;
    clicks: { total: number; unique: number; previews: number; bots: number };
    optOuts: { total: number; unique: number };
    replies: { total: number; unique: number };
  };
}

/** Sends a campaign now and waits until `isDone` says so of its live totals and of how many wait for their hour. */
export async function sendCampaign(
  program: Pick<TestProgram, 'call' | 'until'>,
  campaignId: number,
  isDone: (totals: Live['totals'], waiting: number) => boolean,
): Promise<Live['totals']> {
  await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
  return totalsOnce(program, campaignId, isDone);
}

/** Waits until `isDone` says so of a campaign's live totals and of how many wait for their hour. */
export function totalsOnce(
  program: Pick<TestProgram, 'call' | 'until'>,
  campaignId: number,
  isDone: (totals: Live['totals'], waiting: number) => boolean,
): Promise<Live['totals']> {
  return program.until(`campaign ${campaignId} to come that far`, async () => {
    const { totals, waiting } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
    return isDone(totals, waiting) ? totals : null;
  });
}
