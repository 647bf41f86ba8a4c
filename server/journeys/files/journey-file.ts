import { type Static, Type } from 'typebox';
import { type IdPlaces, idsInDefinitions, type Thing, withIds } from '../../segments/definition-file.ts';

/** A journey as a file: what its document names is named in it, so that it can be read where ids are others. */
export const journeyFile = Type.Object(
  {
    format: Type.Literal('carillon-journey-1'),
    name: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'By which a file and a journey of the project are the same',
    }),
    description: Type.Optional(Type.String({ maxLength: 2_000 })),
    document: Type.Record(Type.String(), Type.Unknown(), {
      description: 'GET /api/journeys/schema says what it may hold',
    }),
    moves: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description:
          'Where those go who are at a tile that the document has no more: the id of a tile, or end. May stay when they have gone',
      }),
    ),
    names: Type.Record(Type.String(), Type.String(), {
      description:
        'What things are called whose ids the document has: { "template:7": "Cart reminder", "list:3": "Regulars" }',
    }),
  },
  { additionalProperties: false },
);
export type JourneyFile = Static<typeof journeyFile>;

/** Where ids stand in documents of journeys. */
export const idsInJourneys: IdPlaces = {
  fields: {
    ...idsInDefinitions.fields,
    ...{ listId: 'list', listIds: 'list', suppressionListIds: 'list' },
    ...{ segmentIds: 'segment', suppressionSegmentIds: 'segment' },
    ...{
      templateId: 'template',
      templateIds: 'template',
      senderId: 'sender',
      poolId: 'pool',
      journeyId: 'journey',
    },
  },
  within: idsInDefinitions.within,
  nameless: new Set(['campaignIds']),
  // What tiles write and send: a field of it may have any name.
  opaque: new Set(['set', 'dataFields', 'fromEntry', 'headers', 'body', 'keep']),
  named: new Set(['tiles', 'layout']),
};

/** All that a document names, each once. Pure. */
export function thingsIn(document: unknown): Thing[] {
  const found = new Map<string, Thing>();
  withIds(
    document,
    idsInJourneys,
    (thing) => {
      found.set(`${thing.kind}:${thing.id}`, thing);
      return thing.id;
    },
    (value) => value,
    'document',
  );
  return [...found.values()];
}

/** A journey as a file. Pure. */
export const fileOf = (
  { name, description }: { name: string; description: string },
  document: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): JourneyFile => ({
  format: 'carillon-journey-1',
  name,
  ...(description !== '' && { description }),
  document,
  names: Object.fromEntries(
    thingsIn(document).flatMap(({ kind, id }) => {
      const called = names.get(`${kind}:${id}`);
      return called === undefined ? [] : [[`${kind}:${id}`, called]];
    }),
  ),
});
