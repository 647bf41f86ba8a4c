import { type ImaginedLaunch, imagineLaunch, sizeOfLaunch } from '../../campaigns/imagined-launch.ts';
import { readLaunchChoice } from '../../campaigns/launch-query.ts';
import { type RehearsedPerson, rehearseAll } from '../../campaigns/rehearsal.ts';
import type { CallerProject, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { ExportOptions } from './export-request.ts';
import { instantText } from './instant-text.ts';

/** The kind of data that stands in no table: what would become of a campaign's launch, person by person. */
export const rehearsalType = 'campaignRehearsal';

/** A rehearsal's columns in their order, each of a person. */
const columns = {
  userRef: (person) => person.userRef,
  email: (person) => person.email,
  userId: (person) => person.userId,
  phoneNumber: (person) => person.phoneNumber,
  fate: (person) => person.fate,
  reason: (person) => person.reason,
  detail: (person) => person.detail,
  dueAt: (person) => person.dueAt && instantText(person.dueAt),
  isDelayed: (person) => person.isDelayed,
  senderId: (person) => person.senderId,
  sender: (person) => person.sender,
  address: (person) => person.address,
  segments: (person) => person.segments,
  price: (person) => person.price,
  subject: (person) => person.subject,
  text: (person) => person.text,
} as const satisfies Record<string, (person: RehearsedPerson) => unknown>;

/** Names of the columns. */
export const rehearsalFields: readonly string[] = Object.keys(columns);

/**
 * The launch that an export rehearses, as it was asked for then: its own time may have come since. Throws `BadParams` where no campaign is named or dates are given, and what imagining
 * a launch throws.
 */
export async function launchOfExport(
  context: Context,
  project: Pick<CallerProject, 'id' | 'timeZone'>,
  { campaignId, launch, from, to }: ExportOptions,
  askedAt: Date,
): Promise<ImaginedLaunch> {
  if (campaignId === undefined)
    throw new ApiError('BadParams', `campaignId: say of which campaign; ${rehearsalType} is of one launch`, {
      field: 'campaignId',
    });
  if (from !== undefined || to !== undefined)
    throw new ApiError(
      'BadParams',
      `startDateTime, endDateTime: ${rehearsalType} is of one launch and has no dates; leave them out, and say in launch.sendAt when it would go`,
      { field: 'startDateTime' },
    );
  return imagineLaunch(context, project, campaignId, readLaunchChoice(launch ?? {}), askedAt);
}

/** The rows of a rehearsal, a page at a time, and about how many they will be. */
export async function openRehearsal(
  context: Context,
  projectId: number,
  options: ExportOptions,
  askedAt: Date,
): Promise<{ pages: AsyncGenerator<Record<string, unknown>[]>; expected: number }> {
  const { time_zone: timeZone } = await context.db
    .selectFrom('project')
    .select('time_zone')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const launch = await launchOfExport(context, { id: projectId, timeZone }, options, askedAt);
  return { pages: rowsOf(context, launch), expected: await sizeOfLaunch(context.db, launch) };
}

async function* rowsOf(context: Context, launch: ImaginedLaunch): AsyncGenerator<Record<string, unknown>[]> {
  for await (const people of rehearseAll(context, launch))
    yield people.map((person) =>
      Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(person)])),
    );
}
