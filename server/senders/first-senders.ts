import type { Secrets } from '../config/secrets.ts';
import type { Database } from '../database/connect.ts';
import type { Purpose } from '../database/tables/consent.ts';
import { mediumOfKind, type SenderKind } from '../medium/media.ts';
import type { SimulatedSide, SimulatorPlace } from '../providers/simulated.ts';
import type { Wire } from '../providers/wire.ts';
import type { Wires } from '../providers/wires.ts';
import { areaCodeHolders } from '../users/place/area-codes.ts';
import { defaultDayZone } from './pace-defaults.ts';

/** What a first start knows: the project, where the simulator listens, and how secrets are sealed. */
export interface FirstSenders {
  projectId: number;
  simulator: SimulatorPlace;
  wires: Wires;
  secrets: Secrets;
  at: Date;
}

interface FirstSender {
  name: string;
  kind: SenderKind;
  address: string;
  purpose: Purpose;
  mps: number;
}

/**
 * Segments a second: long codes as Twilio grants a brand of score 75 and more over all carriers (225; JustCall
 * help 8601354), a short code by Twilio's default (100), toll-free as raised on request from its default of 3,
 * WhatsApp by Meta's (80 a number), email by Amazon SES's usual (14). As read 2026-11-23.
 */
const firstSenders: readonly FirstSender[] = [
  {
    name: 'Promotional long code',
    kind: 'longCode',
    address: '+12025550110',
    purpose: 'promotional',
    mps: 225,
  },
  {
    name: 'Transactional long code',
    kind: 'longCode',
    address: '+12025550120',
    purpose: 'transactional',
    mps: 225,
  },
  { name: 'Short code', kind: 'shortCode', address: '24365', purpose: 'promotional', mps: 100 },
  { name: 'Toll-free number', kind: 'tollFree', address: '+18005550130', purpose: 'promotional', mps: 25 },
  { name: 'WhatsApp number', kind: 'whatsApp', address: '+12025550140', purpose: 'promotional', mps: 80 },
  {
    name: 'Transactional WhatsApp number',
    kind: 'whatsApp',
    address: '+12025550141',
    purpose: 'transactional',
    mps: 80,
  },
  { name: 'News', kind: 'email', address: 'news@carillon.example', purpose: 'promotional', mps: 14 },
  { name: 'Account', kind: 'email', address: 'account@carillon.example', purpose: 'transactional', mps: 14 },
];

/** The first senders' own, which the others come after. */
const firstAreaCode = '202';
const otherAreaCodes = Object.entries(areaCodeHolders)
  .filter(([holder]) => holder.startsWith('US-'))
  .flatMap(([, codes]) => codes.split(' '))
  .filter((code) => code !== firstAreaCode);
/** 800 and its kin; the numbers 555-0130 to 555-0199 of each are nobody's. */
const tollFreeCodes = ['800', '833', '844', '855', '866', '877', '888'];
const tollFreeNumbers = 70;

/**
 * The address of a first sender in the set of that number: the network has each number once, so every project
 * gets others. Null when there are no more.
 */
function addressInSet({ kind, address }: FirstSender, set: number): string | null {
  if (set === 0) return address;
  switch (kind) {
    case 'shortCode':
      return String(Number(address) + set);
    case 'email':
      return address.replace('carillon.', `carillon-${set + 1}.`);
    case 'tollFree': {
      const code = tollFreeCodes[Math.floor(set / tollFreeNumbers)];
      return code ? `+1${code}${5_550_130 + (set % tollFreeNumbers)}` : null;
    }
    default: {
      const code = otherAreaCodes[set - 1];
      return code ? address.replace(`+1${firstAreaCode}`, `+1${code}`) : null;
    }
  }
}

/** The first set of which the network has no address yet. The caller makes sure that nobody else looks too. */
async function freeAddresses(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .select('address')
    .where('simulated', '=', true)
    .execute();
  const taken = new Set(rows.map((row) => row.address));
  for (let set = 0; ; set++) {
    const addresses = firstSenders.map((sender) => addressInSet(sender, set)).filter((each) => each !== null);
    if (addresses.length < firstSenders.length) throw new Error('the simulated network has no numbers left');
    if (!addresses.some((address) => taken.has(address))) return addresses;
  }
}

/**
 * Gives a project its first senders, wired to the simulator, with an account for each wire. Does nothing when
 * the project has any sender already.
 */
export async function insertFirstSenders(db: Database, first: FirstSenders): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const present = await transaction
      .selectFrom('sender')
      .select('id')
      .where('project_id', '=', first.projectId)
      .executeTakeFirst();
    if (present) return;
    const addresses = await freeAddresses(transaction);
    const simulated = simulatedOf(first.wires);
    const accounts = await transaction
      .insertInto('provider_account')
      .values(
        simulated.map(({ wire, side }) => {
          const { settings, secrets } = side.newAccount();
          return {
            project_id: first.projectId,
            name: `${wire.title} (simulated)`,
            wire: wire.name,
            settings: JSON.stringify({ ...side.settingsAt(first.simulator), ...settings }),
            secrets: first.secrets.seal(secrets),
            simulated: true,
            created_at: first.at,
          };
        }),
      )
      .returning(['id', 'wire'])
      .execute();
    const accountOf = new Map(accounts.map((account) => [account.wire, account.id]));
    const rows = firstSenders.flatMap((sender, index) => {
      const carrier = simulated.find(({ wire }) => wire.media.includes(mediumOfKind[sender.kind]));
      const accountId = carrier && accountOf.get(carrier.wire.name);
      const address = addresses[index] ?? sender.address;
      return accountId ? [senderRow(first, { ...sender, address }, accountId, carrier.side)] : [];
    });
    await transaction.insertInto('sender').values(rows).execute();
  });
}

/** The wires that the simulator plays. */
function simulatedOf({ all }: Wires): { wire: Wire; side: SimulatedSide }[] {
  return all.flatMap((wire) => (wire.simulated ? [{ wire, side: wire.simulated }] : []));
}

function senderRow(
  first: FirstSenders,
  { name, kind, address, purpose, mps }: FirstSender,
  accountId: number,
  side: SimulatedSide,
) {
  return {
    project_id: first.projectId,
    provider_account_id: accountId,
    name,
    kind,
    medium: mediumOfKind[kind],
    address,
    wire_address: side.newWireAddress?.() ?? address,
    country: 'US',
    purpose,
    mps,
    daily_cap: null,
    day_zone: defaultDayZone(kind, 'US'),
    created_at: first.at,
  };
}
