import { Type } from 'typebox';
import { type Medium, type MediumTitle, media } from '../medium/media.ts';

const titles = media.map(({ title }) => title);

/** The API's names of the media, which are Iterable's. */
export const mediumNames = Object.fromEntries(media.map(({ name, title }) => [name, title])) as Readonly<
  Record<Medium, MediumTitle>
>;

/** A medium by its name in the API. */
export const mediumName = Type.Enum(titles);

/** The medium that a name in the API means. */
export const mediumOfName = Object.fromEntries(media.map(({ name, title }) => [title, name])) as Readonly<
  Record<MediumTitle, Medium>
>;

/** A medium by our own name. */
export const medium = Type.Enum(media.map(({ name }) => name));

/** Which of the two flows that never share a sender. */
export const purpose = Type.Enum(['promotional', 'transactional']);
