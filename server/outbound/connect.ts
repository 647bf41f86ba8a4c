import { connect, type Socket } from 'node:net';
import { Agent, buildConnector, Pool } from 'undici';
import { type Guard, OutboundRefused } from './guard.ts';
import { type Place, placeOfUrl } from './place.ts';

/** How undici connects to an origin: where the guard lets it, to an address that the guard has judged. HTTP/1.1 only. */
export function guardedConnector(
  guard: Guard,
  origin: string | URL,
  timeoutMs: number,
): buildConnector.connector {
  const place = placeOfUrl(origin);
  if ('fault' in place)
    return (_options, done) => done(new OutboundRefused(`the address ${place.fault}`), null);
  const connectTo = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    lookup: guard.lookUpFor(place),
  });
  return (options, done) => {
    const fault = guard.faultOf(place);
    if (fault === null) connectTo(options, done);
    else done(new OutboundRefused(fault), null);
  };
}

/** Limits of calls to places of many owners. */
export interface AgentLimits {
  /** Connections to one origin. */
  connections: number;
  connectTimeoutMs: number;
  /** The longest silence before an answer's head, and within its body. */
  silenceTimeoutMs: number;
}

/** Connections to wherever a call leads, through the guard. The environment's proxies are not asked: they look names up themselves. */
export function openGuardedAgent(guard: Guard, limits: AgentLimits): Agent {
  const { connections, connectTimeoutMs, silenceTimeoutMs } = limits;
  return new Agent({
    connections,
    headersTimeout: silenceTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
    factory: (origin, options) =>
      new Pool(origin, { ...options, connect: guardedConnector(guard, origin, connectTimeoutMs) }),
  });
}

/** Opens a connection for a protocol of its own, where the guard lets it. @throws OutboundRefused, or the system's error. */
export function connectGuarded(guard: Guard, place: Place, timeoutMs: number): Promise<Socket> {
  const fault = guard.faultOf(place);
  if (fault !== null) return Promise.reject(new OutboundRefused(fault));
  return new Promise((resolve, reject) => {
    const socket = connect({ host: place.host, port: place.port, lookup: guard.lookUpFor(place) });
    const timer = setTimeout(() => socket.destroy(new Error('Connection timeout')), timeoutMs);
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
