import { IconBolt } from '@tabler/icons-react';
import { isPart, type Part } from '../../segments/definition.ts';
import { wordsOfName } from '../name-words.ts';
import { apiEntry } from './called.tsx';
import { catalogItemEntry } from './catalog-item.tsx';
import { dateEntry } from './date.tsx';
import type { EntryLook } from './entry-look.ts';
import { eventEntry, purchaseEntry } from './event.tsx';
import { listEntry, segmentEntry } from './membership.tsx';
import { messageEntry } from './message.tsx';
import { profileEntry } from './profile.tsx';
import { receivedEntry } from './received.tsx';
import { scheduleEntry } from './schedule.tsx';
import { subscriptionEntry } from './subscription.tsx';

/** What may let people in and has a form, in the order in which it is offered. */
export const entryLooks: readonly EntryLook[] = [
  ...[eventEntry, purchaseEntry, listEntry, segmentEntry, profileEntry, dateEntry],
  ...[receivedEntry, messageEntry, subscriptionEntry, catalogItemEntry, scheduleEntry, apiEntry],
];

/** The name of what lets people in, and what is said of it. */
export function entryOf(on: unknown): { name: string; of: Part; look: EntryLook | undefined } {
  const [[name, of] = ['', {}]] = Object.entries(isPart(on) ? on : {});
  return { name, of: isPart(of) ? of : {}, look: entryLooks.find((each) => each.name === name) };
}

/** What a way of letting people in is called. */
export const entryLabel = (name: string): string =>
  entryLooks.find((each) => each.name === name)?.label ?? wordsOfName(name);

/** Its icon. */
export const entryIcon = (name: string) => entryLooks.find((each) => each.name === name)?.Icon ?? IconBolt;
