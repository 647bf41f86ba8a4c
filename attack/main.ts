import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, unlessInterrupted } from '../bench/interrupt.ts';
import { say } from '../bench/progress.ts';
import { type Attack, NotTried, type Outcome } from './attack.ts';
import { bodyAttacks } from './attacks/bodies.ts';
import { doorAttacks } from './attacks/door.ts';
import { fieldAttacks } from './attacks/fields.ts';
import { outboundAttacks } from './attacks/outbound.ts';
import { secretAttacks } from './attacks/secrets.ts';
import { simulatorAttacks } from './attacks/simulator.ts';
import { slowAttacks } from './attacks/slow.ts';
import { templateAttacks } from './attacks/templates.ts';
import { fuzzAttack } from './fuzz/fuzz.ts';
import { type HealthWatch, watchHealth } from './health.ts';
import { type Orders, readOrders } from './orders.ts';
import { readSettings } from './settings.ts';
import { held, renderTable } from './table.ts';
import { openTarget, type Target } from './target.ts';

/** What `/healthz` takes while nobody attacks: the measure of the machine that the others are read by. */
const nobody: Attack = {
  name: 'nobody attacks',
  holds: 'the machine is quiet enough to measure on',
  run: async () => {
    await sleep(5_000);
    return [];
  },
};

/** Those whose traces disturb others come last: connections that linger, guesses that use up a limit. */
const all: Attack[] = [
  ...bodyAttacks,
  ...secretAttacks,
  ...outboundAttacks,
  ...templateAttacks,
  ...fieldAttacks,
  ...simulatorAttacks,
  ...doorAttacks,
  ...slowAttacks,
];

/** The attacks asked for: all but the fuzz unless words are given, then those whose names have one of them. */
function chosen({ words, runs, seed }: Orders): Attack[] {
  const attacks = [...all, fuzzAttack(runs, seed)];
  const found =
    words.length === 0 ? all : attacks.filter(({ name }) => words.some((word) => name.includes(word)));
  if (found.length === 0)
    throw new Error(
      `no attack is called ${words.join(' or ')}; there are:\n  ${attacks.map(({ name }) => name).join('\n  ')}`,
    );
  return found;
}

async function attackOnce(attack: Attack, target: Target, health: HealthWatch): Promise<Outcome> {
  say(attack.name);
  await attack.prepare?.(target);
  const began = performance.now();
  health.begin();
  let [faults, reason]: [string[] | null, string] = [null, ''];
  try {
    faults = await attack.run(target);
  } catch (error) {
    if (!(error instanceof NotTried)) throw error;
    reason = error.message;
  }
  const worstHealthMs = await health.end();
  const seconds = (performance.now() - began) / 1000;
  for (const fault of faults ?? []) say(`  ${fault}`);
  if (!held({ attack, faults, reason, worstHealthMs, seconds }))
    say(`  did not hold; /healthz took ${Math.round(worstHealthMs)} ms at worst`);
  return { attack, faults, reason, worstHealthMs, seconds };
}

/**
 * Attacks a Carillon, prints one table on standard output, and exits with 1 where something did not hold or
 * `/healthz` took too long.
 */
async function main(): Promise<void> {
  const attacks = chosen(readOrders(process.argv.slice(2)));
  const target = await openTarget(readSettings(process.env));
  try {
    const health = watchHealth(target.url);
    // An attacker has a machine of his own. Where he shares this one, his work is not to be taken for the target's.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    const outcomes: Outcome[] = [];
    await unlessInterrupted(
      (async () => {
        for (const attack of [nobody, ...attacks]) outcomes.push(await attackOnce(attack, target, health));
      })(),
    );
    await health.stop();
    process.stdout.write(`\n${renderTable(outcomes)}\n`);
    if (!outcomes.every(held)) process.exitCode = 1;
  } finally {
    await target.stop();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  say(error.message);
  process.exit(130);
}
