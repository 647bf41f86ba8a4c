import type { Database } from '../database/connect.ts';
import type { InboxSettingTable } from '../database/tables/inbox.ts';
import type { AutoReplies } from './auto-reply.ts';
import { afterWorking, type WorkingHours } from './working-hours.ts';

/** How a project answers what people write. */
export interface InboxSettings {
  hours: WorkingHours;
  /** Working minutes until the first answer is due, and each one after it; null for no such promise. */
  firstReplyMinutes: number | null;
  nextReplyMinutes: number | null;
  /** Somebody who writes so many hours after their thread was resolved goes on with it; later they begin a new one. */
  reopenHours: number;
  /** Who may answer in a thread that is another's: `warned` is told and may. */
  others: InboxSettingTable['others'];
  /** Working minutes after which whoever has a thread and does not answer has it no more; null for never. */
  unassignMinutes: number | null;
  /** How threads come to people. */
  assigning: InboxSettingTable['assigning'];
  /** People are shown that what they wrote was read, and that somebody writes, where their network has that. */
  readReceipts: boolean;
  /** What the program says by itself. */
  autoReplies: AutoReplies;
}

const day = [['09:00', '17:00']] as const;

/** How a project answers that has set nothing: nothing is promised, and nobody is kept out. */
const firstSettings = (timeZone: string): InboxSettings => ({
  hours: {
    timeZone,
    week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day },
    holidays: [],
  },
  firstReplyMinutes: null,
  nextReplyMinutes: null,
  reopenHours: 72,
  others: 'warned',
  unassignMinutes: null,
  assigning: 'byHand',
  readReceipts: true,
  autoReplies: {},
});

/** A project's settings. */
export async function readSettings(db: Database, projectId: number): Promise<InboxSettings> {
  const row = await db
    .selectFrom('project')
    .leftJoin('inbox_setting', 'inbox_setting.project_id', 'project.id')
    .select(['time_zone', 'hours', 'first_reply_minutes', 'next_reply_minutes', 'reopen_hours'])
    .select(['others', 'unassign_minutes', 'assigning', 'auto_replies', 'read_receipts'])
    .where('project.id', '=', projectId)
    .executeTakeFirst();
  const first = firstSettings(row?.time_zone ?? 'UTC');
  // Who has set something has set it all.
  if (!row?.hours || row.reopen_hours === null || row.others === null || row.assigning === null) return first;
  return {
    hours: row.hours as WorkingHours,
    firstReplyMinutes: row.first_reply_minutes,
    nextReplyMinutes: row.next_reply_minutes,
    reopenHours: row.reopen_hours,
    others: row.others,
    unassignMinutes: row.unassign_minutes,
    assigning: row.assigning,
    readReceipts: row.read_receipts ?? first.readReceipts,
    autoReplies: row.auto_replies as AutoReplies,
  };
}

/** Keeps a project's settings in place of those before. */
export async function writeSettings(db: Database, projectId: number, settings: InboxSettings): Promise<void> {
  const row = {
    hours: JSON.stringify(settings.hours),
    first_reply_minutes: settings.firstReplyMinutes,
    next_reply_minutes: settings.nextReplyMinutes,
    reopen_hours: settings.reopenHours,
    others: settings.others,
    unassign_minutes: settings.unassignMinutes,
    assigning: settings.assigning,
    read_receipts: settings.readReceipts,
    auto_replies: JSON.stringify(settings.autoReplies),
  };
  await db
    .insertInto('inbox_setting')
    .values({ project_id: projectId, ...row })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet(row))
    .execute();
}

/** When what is promised from an instant on is due; null where nothing is promised. */
export const dueAfter = (settings: InboxSettings, from: Date, minutes: number | null): Date | null =>
  minutes === null ? null : afterWorking(settings.hours, from, minutes);
