import { lookup } from 'node:dns';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { type AllowedPlace, allowedPlace } from '../config/allowed-places.ts';
import { otherProtocolsPorts } from './other-protocols-ports.ts';
import { type Place, placeText } from './place.ts';
import { isPublicAddress } from './public-address.ts';

/**
 * The one rule of where calls out may go: to the public Internet, and to what the operator allows. Every call out is
 * connected through it, by `guardedConnector` or `connectGuarded`, so that the address that was judged is the one connected to.
 */
export interface Guard {
  /** Why no call may go to a place, as far as it tells without being looked up; in words that follow a field's name. */
  faultOf(place: Place): string | null;
  /** The same with its name looked up, for when a place is set. A name that is not known yet may be known by the call. */
  check(place: Place): Promise<string | null>;
  /** Looks a place's name up for a connection and gives the addresses only that a call may go to. Fails when there are none. */
  lookUpFor(place: Place): LookupFunction;
  /** Whether a place is the simulator's that the operator runs. */
  isSimulator(place: Place): boolean;
}

/** What the operator set. */
export interface GuardSettings {
  allow: readonly AllowedPlace[];
  /** Where the simulator listens, over HTTP and for mail. */
  simulator: readonly Place[];
  /** The system's own unless given. */
  lookup?: LookupFunction;
}

/** A call that was not made, since it would have led where no call may go. */
export class OutboundRefused extends Error {
  readonly code = 'OUTBOUND';
}

/** The longest that setting a place waits for its name. */
const nameWaitMs = 3_000;

/** Builds the guard of a program. */
export function createGuard({ allow, simulator, lookup: lookUp = systemLookUp }: GuardSettings): Guard {
  const allowed = [...allow, ...simulator.map(({ host, port }) => allowedPlace(host, port))];
  const networks = allowed.filter((each) => each.kind === 'network').map(networkOf);
  const isAllowed = (address: string, port: number) => networks.some((holds) => holds(address, port));
  const isNamed = ({ host, port }: Place) =>
    allowed.some(
      (each) => each.kind === 'name' && each.host === host && (each.port === null || each.port === port),
    );

  const guard: Guard = {
    faultOf(place) {
      const { protocol, host, port } = place;
      if (isNamed(place) || (isIP(host) !== 0 && isAllowed(host, port))) return null;
      if (isIP(host) !== 0 && !isPublicAddress(host)) return notPublic(place);
      // Known to lead here without being looked up (RFC 6761, 6.3), and looked up differently from system to system.
      if (/(?:^|\.)localhost$/.test(host) && !isAllowed('127.0.0.1', port)) return notPublic(place);
      if (protocol === 'http' && otherProtocolsPorts.has(port))
        return `names port ${port}, which is another protocol's; ${remedy(place)}`;
      return null;
    },
    async check(place) {
      const fault = guard.faultOf(place);
      if (fault !== null || isIP(place.host) !== 0) return fault;
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), nameWaitMs);
        guard.lookUpFor(place)(place.host, { all: true }, (error) => {
          clearTimeout(timer);
          resolve(error instanceof OutboundRefused ? error.message : null);
        });
      });
    },
    lookUpFor(place) {
      const anyAddress = isNamed(place);
      return (hostname, options, done) => {
        lookUp(hostname, { ...options, all: true }, (error, found) => {
          const addresses = error || typeof found === 'string' ? [] : found;
          const open = addresses.filter(
            ({ address }) => anyAddress || isPublicAddress(address) || isAllowed(address, place.port),
          );
          const [first] = open;
          if (!first) done(error ?? new OutboundRefused(notPublic(place)), '', 0);
          else if (options.all) done(null, open);
          else done(null, first.address, first.family);
        });
      };
    },
    isSimulator: ({ protocol, host, port }) =>
      simulator.some((each) => each.protocol === protocol && each.host === host && each.port === port),
  };
  return guard;
}

const systemLookUp: LookupFunction = (hostname, options, done) => lookup(hostname, options, done);

function networkOf({ address, bits, family, port }: AllowedPlace & { kind: 'network' }) {
  const network = new BlockList();
  network.addSubnet(address, bits, family);
  // Each family by itself: a list of both takes an IPv4 address for the IPv6 one that holds it.
  return (asked: string, atPort: number): boolean =>
    (port === null || port === atPort) &&
    (isIPv6(asked) ? 'ipv6' : 'ipv4') === family &&
    network.check(asked, family);
}

function notPublic(place: Place): string {
  return `leads to no place on the public Internet; ${remedy(place)}`;
}

function remedy(place: Place): string {
  return `give another, or have whoever runs Carillon allow it by the setting OUTBOUND_ALLOW=${placeText(place)}, beside what that opens already, and start it anew`;
}
