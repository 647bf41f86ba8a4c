import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Secrets } from '../../config/secrets.ts';
import { fixedPart } from '../../content/feeds/feed-address.ts';
import { feedHeaders, requireHeaders } from '../../http/custom-headers.ts';
import { ApiError } from '../../http/errors.ts';
import { isObject } from '../../segments/values/group.ts';

/*
 * What is secret in a document stands in it sealed, and is opened for a call only: for the project and the host it was given for, so that
 * nobody has it sent elsewhere who may write documents and does not know it.
 */

const sealedShape = Type.Object({ projectId: Type.Number(), origin: Type.String(), value: Type.String() });

/** The host that a tile's secrets are for. */
const originOf = (url: string): string => URL.parse(fixedPart(url))?.origin ?? '';

/** Opens what was sealed for a project's calls of an address; null where it was given for another. */
export function openSealed(secrets: Secrets, projectId: number, url: string, sealed: string): string | null {
  try {
    const opened = Value.Parse(sealedShape, secrets.open(Buffer.from(sealed, 'base64')));
    return opened.projectId === projectId && opened.origin === originOf(url) ? opened.value : null;
  } catch {
    return null;
  }
}

/**
 * A document with what is secret in it sealed: values of headers, and secrets to sign with. What is sealed already stays; what was sealed for another host,
 * project or installation is refused, or left out. @throws ApiError BadParams for it, and for headers that no call can have.
 */
export function sealDocument(
  secrets: Secrets,
  projectId: number,
  document: object,
  foreign: 'refuse' | 'leaveOut' = 'refuse',
): object {
  if (!('tiles' in document) || !isObject(document.tiles)) return document;
  const tiles = Object.entries(document.tiles).map(([id, tile]) => [
    id,
    // Also where the address is still to be drawn: a draft is shown as it is stored.
    isObject(tile) && tile.kind === 'webhook'
      ? sealTile(
          secrets,
          projectId,
          tile,
          typeof tile.url === 'string' ? tile.url : '',
          `document.tiles.${id}`,
          foreign,
        )
      : tile,
  ]);
  return { ...document, tiles: Object.fromEntries(tiles) };
}

function sealTile(
  secrets: Secrets,
  projectId: number,
  tile: Record<string, unknown>,
  url: string,
  place: string,
  foreign: 'refuse' | 'leaveOut',
): Record<string, unknown> {
  const origin = originOf(url);
  const seal = (value: string) => secrets.seal({ projectId, origin, value }).toString('base64');
  const sealedOf = (given: Record<string, unknown>, field: string): Record<string, unknown> => {
    const { value, ...rest } = given;
    if (typeof value === 'string') return { ...rest, sealed: seal(value) };
    if (typeof given.sealed !== 'string' || openSealed(secrets, projectId, url, given.sealed) !== null)
      return given;
    if (foreign === 'leaveOut') {
      const { sealed: _, ...bare } = given;
      return bare;
    }
    const fault =
      'was given for another host than this address leads to, or to another installation; give its value again';
    throw new ApiError('BadParams', `${field} ${fault}`, { faults: [{ field, fault }] });
  };
  const { headers, signingSecret } = tile;
  if (Array.isArray(headers)) requireHeaders(`${place}.headers`, headers.flatMap(namedOf), feedHeaders);
  return {
    ...tile,
    ...(Array.isArray(headers) && {
      headers: headers.map((header, index) =>
        isObject(header) ? sealedOf(header, `${place}.headers.${index}`) : header,
      ),
    }),
    ...(isObject(signingSecret) && { signingSecret: sealedOf(signingSecret, `${place}.signingSecret`) }),
  };
}

const namedOf = (header: unknown): { name: string; value: string }[] =>
  isObject(header) && typeof header.name === 'string'
    ? [{ name: header.name, value: typeof header.value === 'string' ? header.value : '' }]
    : [];
