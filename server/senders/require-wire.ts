import { ApiError } from '../http/errors.ts';
import type { Wire } from '../providers/wire.ts';
import type { Wires } from '../providers/wires.ts';

/** The wire of a name. @throws ApiError NoWire that names those there are. */
export function requireWire(wires: Wires, name: string): Wire {
  const wire = wires.named(name);
  if (wire) return wire;
  const names = new Intl.ListFormat('en').format(wires.all.map((each) => each.name));
  throw new ApiError('NoWire', `There is no wire ${JSON.stringify(name)}; there are ${names}`, {
    field: 'wire',
  });
}
