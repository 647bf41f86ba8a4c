import type { Purpose } from '../../database/tables/consent.ts';
import type { JourneyFile } from '../files/journey-file.ts';

/** What a ready-made journey asks before it is made. Each has an answer that works as it stands, where there can be one. */
export type Question = { name: string; label: string; hint?: string } & (
  | { kind: 'text' | 'field' | 'event' | 'catalog'; usually: string }
  /** A message as templates have it. */
  | { kind: 'message'; usually: string }
  | { kind: 'link'; usually: string }
  | { kind: 'hours' | 'days' | 'number'; usually: number }
  /** A time of the day: 09:30. */
  | { kind: 'time'; usually: string }
  /** A day and a time, by the project's clock: 2026-12-24T09:00. Usually tomorrow at this time of the day. */
  | { kind: 'moment'; usually: string }
  | { kind: 'list' }
  /** Usually the project's first one of this medium and purpose. */
  | { kind: 'messageType'; medium: 'sms' | 'whatsApp'; purpose: Purpose }
);

/** Answers by the names of the questions: numbers for hours, days, numbers, lists and message types, texts for all else. */
export interface Answers {
  text(name: string): string;
  number(name: string): number;
}

/** A message that a ready-made journey sends, of which a template is made. */
export interface Message {
  /** By which the journey's tiles name it. */
  key: string;
  messageTypeId: number;
  text: string;
  /** For WhatsApp: Meta sees the whole before it may be sent. */
  whatsApp?: { image?: string; button?: { text: string; url: string } };
}

/** A journey that is made by answering a few questions. */
export interface ReadyMade {
  id: string;
  name: string;
  /** What it does, in a sentence or two. */
  summary: string;
  questions: readonly Question[];
  messages(answers: Answers): readonly Message[];
  /** The journey, with the templates that were made of its messages, in a project whose clock is that of a zone. */
  draw(answers: Answers, template: (key: string) => number, timeZone: string): JourneyFile;
}
