import { builtInMedia } from './built-in.ts';
import type { MediumFacts, SenderKindFacts } from './medium.ts';

/** A medium by its name. */
export type Medium = (typeof builtInMedia)[number]['name'];

/** What a medium is called in the API. */
export type MediumTitle = (typeof builtInMedia)[number]['title'];

/** The kinds of sender, each of one medium. */
export type SenderKind = KeysOf<(typeof builtInMedia)[number]['senderKinds']>;
type KeysOf<Kinds> = Kinds extends unknown ? keyof Kinds : never;

/** All media, in the order in which they are told of. */
export const media: readonly (MediumFacts & { readonly name: Medium; readonly title: MediumTitle })[] =
  builtInMedia;

/** The medium each kind of sender speaks. */
export const mediumOfKind = Object.fromEntries(
  media.flatMap(({ name, senderKinds }) => Object.keys(senderKinds).map((kind) => [kind, name])),
) as Readonly<Record<SenderKind, Medium>>;

/** All kinds of sender. */
export const senderKinds = Object.keys(mediumOfKind) as SenderKind[];

const byName: ReadonlyMap<string, MediumFacts> = new Map(media.map((medium) => [medium.name, medium]));

/** What is true of a medium. Throws for one that is none: its rows are of another program. */
export function factsOf(name: string): MediumFacts {
  const facts = byName.get(name);
  if (!facts) throw new Error(`there is no medium ${name}`);
  return facts;
}

/** The media that the laws of hours and of limits bind. */
export const lawfulMedia = mediaWhich(({ isBoundByHours }) => isBoundByHours);

/** What is true of a kind of sender. Throws for one that no medium has. */
export function factsOfKind(kind: SenderKind): SenderKindFacts {
  const facts = factsOf(mediumOfKind[kind]).senderKinds[kind];
  if (!facts) throw new Error(`no medium has senders of kind ${kind}`);
  return facts;
}

/** The names of the media of which something is true. */
export function mediaWhich(holds: (facts: MediumFacts) => boolean): Medium[] {
  return media.filter(holds).map(({ name }) => name);
}
