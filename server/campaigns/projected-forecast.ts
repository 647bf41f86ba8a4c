import { unsendable } from '../content/unsendable.ts';
import type { Fate } from '../delivery/admission/what-if.ts';

/** What a campaign would come to if it were sent now (or at its time). */
export interface Forecast {
  audience: number;
  /** Consent, address, sender, lawful hours, limits of messages: counted, each person judged as at launch. */
  skipsByReason: Record<string, number>;
  /** What is left of the audience. */
  reachable: number;
  /** Of these so many messages were rendered as the worker would; the rest below is theirs, projected. */
  sampled: number;
  /** Whether the text of everybody was filled in, so that nothing is projected. */
  exact: boolean;
  /** Skips that the text makes (a field is missing, nothing is left to say), found in the sample, projected. */
  expectedSkips: Record<string, number>;
  sends: number;
  /** Part of `sends`: those that would wait for lawful hours or a limit of messages. */
  delayed: number;
  /** When the first and the last of `sends` would leave, were senders as fast as need be; null for none. */
  firstAt: Date | null;
  lastAt: Date | null;
  segments: number;
  segmentsEach: number;
  /** US dollars, by the project's price list. */
  price: number;
}

/** People of whom all is known but what their text makes of them. */
export interface JudgedPeople {
  audience: number;
  /** Those for whom a text is filled in. */
  getText: number;
  /** Skips by reason of the others. */
  skips: Record<string, number>;
  /** Of those who get a text: skips at a limit, unless their text skips them before. */
  limits: Record<string, number>;
  /** Of those who get a text and are at no limit: who would wait. */
  delayed: number;
  first: number;
  last: number;
}

/**
 * Puts together what is counted of all and what is found in a sample of those who get a text. Where the sample is all of
 * them the sum is theirs, person by person. Pure.
 */
export function projected(judged: JudgedPeople, sample: readonly Fate[]): Forecast {
  const exact = sample.length === judged.getText;
  const byReason = countBy(sample.flatMap(({ skip }) => skip ?? []));
  const ofText = unsendable.flatMap((reason) => {
    const found = byReason[reason] ?? 0;
    return found > 0 ? [[reason, found] as const] : [];
  });
  const skippedForText = sum(ofText.map(([, found]) => found));
  const share = sample.length === 0 ? 0 : judged.getText / sample.length;
  const expectedSkips = Object.fromEntries(
    ofText.map(([reason, found]) => [reason, Math.round(found * share)]),
  );
  // Admission fills in the text before the claim looks at limits.
  const withText = sample.length === 0 ? 1 : 1 - skippedForText / sample.length;
  const skipsByReason = { ...judged.skips };
  for (const [reason, people] of Object.entries(exact ? without(byReason, unsendable) : judged.limits))
    skipsByReason[reason] = (skipsByReason[reason] ?? 0) + (exact ? people : Math.round(people * withText));
  const reachable = judged.audience - sum(Object.values(skipsByReason));
  const sends = reachable - sum(Object.values(expectedSkips));
  const sent = sample.flatMap(({ skip, message }) => (skip === null && message ? [message] : []));
  const perSend = sent.length === 0 ? 0 : sends / sent.length;
  const segments = sum(sent.map((message) => message.segments));
  const waiting = sample.filter(({ isDelayed }) => isDelayed);
  const instants = exact
    ? sample.flatMap(({ dueAt }) => dueAt?.getTime() ?? [])
    : [judged.first, judged.last].filter(Number.isFinite);
  return {
    ...{ audience: judged.audience, skipsByReason, reachable },
    ...{ sampled: sent.length + skippedForText, exact, expectedSkips, sends },
    delayed: exact ? waiting.length : Math.min(sends, Math.round(judged.delayed * withText)),
    firstAt: sends === 0 || instants.length === 0 ? null : new Date(Math.min(...instants)),
    lastAt: sends === 0 || instants.length === 0 ? null : new Date(Math.max(...instants)),
    segments: Math.round(segments * perSend),
    segmentsEach: sent.length === 0 ? 0 : segments / sent.length,
    price: (sum(sent.map((message) => message.priceMicros)) * perSend) / 1_000_000,
  };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

function without(counts: Record<string, number>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !names.includes(name)));
}
