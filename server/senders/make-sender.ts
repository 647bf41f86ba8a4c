import type { Static } from 'typebox';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { mediumOfKind, type SenderKind } from '../medium/media.ts';
import type { Wire } from '../providers/wire.ts';
import type { Wires } from '../providers/wires.ts';
import { defaultDayZone, defaultMps } from './pace-defaults.ts';
import { kindsWithoutWire, senderFaults } from './sender-rules.ts';
import type { senderOfAccount } from './sender-schemas.ts';
import { insertSender, type Sender, sendersAtAddress } from './senders.sql.ts';

/** The account that a sender is to leave by. */
export interface SenderAccount {
  projectId: number;
  accountId: number;
  wire: Wire;
}

/**
 * Makes a sender on an account, in the caller's transaction where there is one. Throws what stands against it, with field
 * and remedy.
 */
export async function makeSender(
  db: Database,
  { known, at }: { known: Wires; at: Date },
  { projectId, accountId, wire }: SenderAccount,
  asked: Static<typeof senderOfAccount>,
): Promise<Sender> {
  const kind = requireKind(asked.kind);
  const wireAddress = asked.wireAddress ?? asked.address;
  const registration = asked.registration ?? null;
  const faults = senderFaults({ ...asked, kind, registration });
  if (faults.length > 0) throw new ApiError('SenderRefused', faults.join('; '), { faults });
  await requireFreeAddress(db, projectId, kind, asked);
  requireCarried(known, wire, kind, accountId);
  requireWireAddress(wire, wireAddress);
  const sender = await insertSender(db, {
    project_id: projectId,
    provider_account_id: accountId,
    name: asked.name ?? asked.address,
    kind,
    medium: mediumOfKind[kind],
    address: asked.address,
    wire_address: wireAddress,
    country: asked.country,
    registration,
    purpose: asked.purpose,
    mps: asked.mps ?? defaultMps(kind),
    daily_cap: asked.dailyCap ?? null,
    day_zone: zoneOf(asked.dayZone) ?? defaultDayZone(kind, asked.country),
    created_at: at,
  });
  if (!sender) throw taken(asked.address);
  return sender;
}

/** The kind of sender of this name. Throws for one that there is not, or not yet. */
export function requireKind(kind: string): SenderKind {
  if (isKind(kind)) return kind;
  if (kindsWithoutWire.includes(kind))
    throw new ApiError('NoWire', `There is no wire for ${kind} yet, so no such sender can be set up`, {
      field: 'kind',
    });
  throw new ApiError(
    'BadParams',
    `kind ${JSON.stringify(kind)} is not one of ${Object.keys(mediumOfKind).join(', ')}`,
    {
      field: 'kind',
    },
  );
}

function isKind(kind: string): kind is SenderKind {
  return Object.hasOwn(mediumOfKind, kind);
}

/** A time zone by its canonical name; null for none. Throws for what is none. */
export function zoneOf(zone: string | undefined): string | null {
  if (zone === undefined) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new ApiError(
      'BadParams',
      `dayZone ${JSON.stringify(zone)} is not a time zone; write it as America/Los_Angeles`,
      {
        field: 'dayZone',
      },
    );
  }
}

function taken(address: string): ApiError {
  return new ApiError('Conflict', `${address} is a sender already; see GET /api/senders`, {
    field: 'address',
  });
}

/** A sender has one purpose: the flows of the two may not share one. Only a name may stand in several countries. */
async function requireFreeAddress(
  db: Database,
  projectId: number,
  kind: SenderKind,
  { address, purpose, country }: Static<typeof senderOfAccount>,
): Promise<void> {
  const others = await sendersAtAddress(db, projectId, { medium: mediumOfKind[kind], address });
  const other = others.find((one) => one.purpose !== purpose);
  if (other)
    throw new ApiError(
      'SenderRefused',
      `${address} is ${other.purpose} already; promotional and transactional messages cannot share a sender, use another address`,
      { field: 'purpose' },
    );
  if (others.some((one) => kind !== 'alphanumeric' || one.country === country)) throw taken(address);
}

/** Throws where a wire does not carry the medium of a kind of sender. */
export function requireCarried(
  known: Wires,
  wire: Wire | undefined,
  kind: SenderKind,
  accountId: number,
): asserts wire is Wire {
  const medium = mediumOfKind[kind];
  if (wire?.media.includes(medium)) return;
  const fitting = known.all.filter(({ media }) => media.includes(medium)).map(({ name }) => name);
  throw new ApiError(
    'SenderRefused',
    `providerAccountId ${accountId} is a ${wire?.name ?? 'lost'} account; a sender of kind ${kind} leaves by ${fitting.join(' or ')}`,
    { field: 'providerAccountId' },
  );
}

/** Throws where a wire cannot know a sender by such an address. */
export function requireWireAddress(wire: Wire, wireAddress: string): void {
  const fault = wire.wireAddressFault?.(wireAddress) ?? null;
  if (fault !== null) throw new ApiError('SenderRefused', fault, { field: 'wireAddress', faults: [fault] });
}
