import { ApiError } from '../http/errors.ts';

/** Where each calendar day begins first: UTC+14, all year. */
const firstZone = 'Pacific/Kiritimati';

/**
 * From when on a scheduled request is admitted. For a time in each person's own zone that is when the first
 * place on earth shows it, so that nobody's hour is missed; where the caller named the zone to start in, it is
 * that zone's time. Never before `now`.
 */
export function startOfRequest(
  schedule: { sendAt: Date; inUserZone: boolean; startTimeZone?: string },
  projectZone: string,
  now: Date,
): Date {
  if (!schedule.inUserZone || schedule.startTimeZone) return schedule.sendAt;
  const wallTime = Temporal.Instant.fromEpochMilliseconds(schedule.sendAt.getTime())
    .toZonedDateTimeISO(projectZone)
    .toPlainDateTime();
  const first = wallTime.toZonedDateTime(firstZone).epochMilliseconds;
  return new Date(Math.max(now.getTime(), first));
}

/** Throws `BadParams` unless `zone` is an IANA time zone. */
export function requireZone(zone: string, field: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new ApiError(
      'BadParams',
      `${field} is no time zone: ${JSON.stringify(zone)}; use an IANA name as America/New_York`,
      { field, value: zone },
    );
  }
}
