import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import {
  type Agent,
  assign,
  inboxKey,
  setRead,
  setThreadState,
  type Thread,
  type ThreadState,
} from '../../api/inbox.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { useAction } from '../../shell/use-action.ts';
import { agentName } from '../../words/inbox-words.ts';
import { useKeys } from './use-keys.ts';

/** When a snooze may end, by the reader's clock. */
const snoozes: { label: string; until: (now: Date) => Date }[] = [
  { label: 'For an hour', until: (now) => new Date(now.getTime() + 3_600_000) },
  { label: 'For three hours', until: (now) => new Date(now.getTime() + 3 * 3_600_000) },
  { label: 'Until tomorrow morning', until: (now) => morning(now, 1) },
  { label: 'Until Monday morning', until: (now) => morning(now, (8 - now.getDay()) % 7 || 7) },
];

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
}

/** Whose a thread is, and what becomes of it. */
export function ThreadActions({
  thread,
  agents,
  me,
}: {
  thread: Thread;
  agents: readonly Agent[];
  me: string;
}) {
  const { id, state, assignee } = thread;
  const refresh = [inboxKey];
  const give = useAction((to: string | null) => assign(id, to), { refresh });
  const stand = useAction((to: { state: ThreadState; until?: string }) => setThreadState(id, to), {
    refresh,
  });
  const navigate = useNavigate();
  // Whoever looks at it has read it: marking it unread leads back to the list.
  const unread = useAction(() => setRead(id, false), {
    done: 'Marked as unread',
    after: () => void navigate({ to: '/inbox', search: true }),
    refresh,
  });
  const isDone = state === 'resolved' || state === 'spam';
  const end = () => stand.act({ state: isDone ? 'open' : 'resolved' });
  useKeys({ e: end });
  const isAgent = agents.some(({ email }) => email === me);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {assignee === null ? 'Nobody’s' : assignee === me ? 'Yours' : agentName(agents, assignee)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          {isAgent && assignee !== me && <Menu.Item onClick={() => give.act('me')}>Take it</Menu.Item>}
          <Menu.Item onClick={() => give.act('byTurns')}>Whoever’s turn it is</Menu.Item>
          {assignee !== null && <Menu.Item onClick={() => give.act(null)}>Nobody</Menu.Item>}
          <Menu.Divider />
          <Menu.Label>Give it to</Menu.Label>
          {agents
            .filter(({ email }) => email !== assignee && email !== me)
            .map(({ email, name, isHere, isAway }) => (
              <Menu.Item key={email} onClick={() => give.act(email)}>
                {name}
                {isAway ? ' (away)' : isHere ? ' (here)' : ''}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <BusyButton variant={isDone ? 'default' : 'filled'} busy={stand.isBusy} onClick={end}>
        {isDone ? 'Reopen' : 'Resolve'}
      </BusyButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More for this thread">
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Snooze</Menu.Label>
          {snoozes.map(({ label, until }) => (
            <Menu.Item
              key={label}
              onClick={() => stand.act({ state: 'snoozed', until: until(new Date()).toISOString() })}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => unread.act()}>Mark as unread</Menu.Item>
          {state !== 'spam' && <Menu.Item onClick={() => stand.act({ state: 'spam' })}>It is spam</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
