/** What a message that has not left waits for. */
type WaitingFor = 'pause' | 'turn' | 'retry' | 'time' | 'hours' | 'hoursOrLimit';

/** What tells of it in a message's row; `due_at` is null while the message is held. */
interface WaitingRow {
  status: string;
  due_at: Date | null;
  not_before: Date;
  attempts: number;
  on_cap: string;
}

/**
 * What a message waits for: its campaign is paused (`pause`), its sender is busy with others (`turn`), it failed and is to be
 * tried again (`retry`), its own time is to come (`time`), or no lawful hour is open at its person's place (`hours`). Where
 * limits of messages make it wait too, it may be these (`hoursOrLimit`). Null for one that waits for nothing.
 */
export function waitingFor(
  { status, due_at, not_before, attempts, on_cap }: WaitingRow,
  now: Date,
): WaitingFor | null {
  if (status !== 'queued') return null;
  if (due_at === null) return 'pause';
  if (due_at <= now) return 'turn';
  if (attempts > 0) return 'retry';
  if (due_at <= not_before) return 'time';
  return on_cap === 'delay' ? 'hoursOrLimit' : 'hours';
}
