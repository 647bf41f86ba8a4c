import type { ImaginedStock } from '../../content/coupons/coupon-wishes.ts';
import type { Database } from '../../database/connect.ts';
import type { PlanGround } from '../../delivery/admission/admission-plan.ts';
import type { FrequencyCap } from '../../delivery/dispatch/reached-limit.ts';
import type { FollowedJourney } from '../definition/journey.ts';
import type { Draws } from './supposing.ts';

/** What a rehearsal goes by. */
export interface RehearsalGround extends PlanGround {
  db: Database;
  journey: FollowedJourney;
  name: string;
  draws: Draws;
  /** The end of the virtual time: what would come at it or later does not. */
  until: Date;
  /** What was on record counts up to then; what is supposed counts from then on. */
  recordedUntil: Date;
  /** Whether how people have entered the journey before counts. */
  countsEarlier: boolean;
  /** Campaigns of which what was really sent does not count: the journey’s own, where it is rehearsed as if it had not been there. */
  without: readonly number[];
  frequencyCaps: readonly FrequencyCap[];
  /** Codes of coupon pools that are left; those who are gone through take of them. */
  stock: ImaginedStock;
  /** What was worked out once. */
  kept: Map<string, unknown>;
  /** Whether it is to go on, asked again and again: a page of people may take long. */
  goesOn?: () => Promise<boolean>;
}

/** How often one passage is looked at, and how many things come to one person: more is left unfinished, so that a journey that goes in circles has an end. */
export const mostLooks = 1_000;
export const mostThings = 5_000;
