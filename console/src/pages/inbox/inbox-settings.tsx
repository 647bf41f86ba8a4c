import {
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Tabs,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  agentsQuery,
  cannedQuery,
  changeInboxSettings,
  deleteCanned,
  type InboxSettings,
  inboxKey,
  inboxSettingsQuery,
  measuresQuery,
  saveCanned,
  setAway,
} from '../../api/inbox.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count } from '../../words/formats.ts';
import { agentName } from '../../words/inbox-words.ts';

/** How the project answers, its canned replies, and how long people wait. */
export function InboxSettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="The inbox" size="lg">
      <Tabs defaultValue="canned" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="canned">Canned replies</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="measures">Waiting times</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="canned">
          <CannedReplies />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="measures">
          <Measures />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

function CannedReplies() {
  const canned = useQuery(cannedQuery);
  const [code, setCode] = useState('');
  const [body, setBody] = useState('');
  const refresh = [cannedQuery.queryKey];
  const save = useAction(() => saveCanned({ code, body }), {
    done: 'Kept',
    refresh,
    inPlace: true,
    after: () => {
      setCode('');
      setBody('');
    },
  });
  const remove = useAction(deleteCanned, { done: 'Deleted', refresh });
  return (
    <Stack>
      <Loaded query={canned}>
        {(replies) =>
          replies.length === 0 ? (
            <Text c="dimmed">None yet. Whoever writes an answer calls one by / and its code.</Text>
          ) : (
            <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {replies.map((reply) => (
                <Group
                  key={reply.code}
                  component="li"
                  justify="space-between"
                  align="flex-start"
                  wrap="nowrap"
                >
                  <div>
                    <Text fw={600}>/{reply.code}</Text>
                    <Text size="sm" className="anywhere" style={{ whiteSpace: 'pre-wrap' }}>
                      {reply.body}
                    </Text>
                    <Text size="xs" c="dimmed">
                      Used {count(reply.uses)} times
                    </Text>
                  </div>
                  <Group gap={4} wrap="nowrap">
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Change /${reply.code}`}
                      onClick={() => {
                        setCode(reply.code);
                        setBody(reply.body);
                      }}
                    >
                      Change
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Delete /${reply.code}`}
                      disabled={remove.isBusy}
                      onClick={() => remove.act(reply.code)}
                    >
                      Delete
                    </Button>
                  </Group>
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <ActionForm action={save} submit="Keep" gap="sm">
        <Title order={3}>Write one</Title>
        <TextInput
          label="Code"
          description="Letters and digits; it is called by /code"
          required
          maxLength={40}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value.trim())}
        />
        <Textarea
          label="Text"
          description="{{firstName|there}} stands for a field, with words for who has none"
          required
          autosize
          minRows={2}
          maxLength={4_096}
          value={body}
          onChange={({ currentTarget }) => setBody(currentTarget.value)}
        />
      </ActionForm>
    </Stack>
  );
}

function SettingsPanel() {
  const settings = useQuery(inboxSettingsQuery);
  return <Loaded query={settings}>{(read) => <SettingsForm read={read} />}</Loaded>;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Week = InboxSettings['hours']['week'];

/** Each day's spans as one writes them. */
const weekText = (week: Week) =>
  Object.fromEntries(
    weekdays.map((each) => [each, (week[each] ?? []).map((span) => span.join('-')).join(', ')]),
  ) as Record<(typeof weekdays)[number], string>;

/** The spans of a day as somebody wrote them; null for what is none. */
function spansOf(text: string): string[][] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const spans = parts.map((part) => /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)$/.exec(part)?.slice(1));
  return spans.every((span) => span !== undefined) ? spans : null;
}

/** What the program may say by itself, in the order in which it is looked for. */
const autoReplies = [
  { kind: 'outOfHours', label: 'Out of hours', description: 'To who writes while nobody works' },
  { kind: 'firstContact', label: 'First contact', description: 'To who writes for the first time' },
  {
    kind: 'unknownWords',
    label: 'Anything else',
    description: 'To words that no keyword means, while nobody is in talks with them',
  },
] as const;

const minutes = (value: string | number) => (value === '' ? null : Number(value));

function SettingsForm({ read }: { read: InboxSettings }) {
  const [form, setForm] = useState(read);
  const { data: agents } = useQuery(agentsQuery);
  const me = agents?.agents.find(({ email }) => email === agents.me);
  const set = (change: Partial<InboxSettings>) => setForm({ ...form, ...change });
  const [week, setWeek] = useState(() => weekText(read.hours.week));
  const wrong = weekdays.filter((each) => spansOf(week[each]) === null);
  const setHours = (change: Partial<InboxSettings['hours']>) => set({ hours: { ...form.hours, ...change } });
  const hours = () => ({
    ...form.hours,
    week: Object.fromEntries(
      weekdays.flatMap((each) => {
        const spans = spansOf(week[each]) ?? [];
        return spans.length > 0 ? [[each, spans]] : [];
      }),
    ),
  });
  const save = useAction(() => changeInboxSettings({ ...form, hours: hours() }), {
    done: 'Kept',
    refresh: [inboxKey],
    inPlace: true,
  });
  const away = useAction(setAway, { refresh: [agentsQuery.queryKey] });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) save.act();
      }}
    >
      <Stack gap="sm">
        {me && (
          <Switch
            label="I am away"
            description="No thread comes to you by turns"
            checked={me.isAway}
            disabled={away.isBusy}
            onChange={({ currentTarget }) => away.act(currentTarget.checked)}
          />
        )}
        <NumberInput
          label="First answer due after"
          description="Working minutes; empty for no promise"
          min={1}
          value={form.firstReplyMinutes ?? ''}
          onChange={(value) => set({ firstReplyMinutes: minutes(value) })}
        />
        <NumberInput
          label="Each further answer due after"
          description="Working minutes; empty for no promise"
          min={1}
          value={form.nextReplyMinutes ?? ''}
          onChange={(value) => set({ nextReplyMinutes: minutes(value) })}
        />
        <NumberInput
          label="Who writes again goes on with a resolved thread for"
          description="Hours"
          min={0}
          value={form.reopenHours}
          onChange={(value) => set({ reopenHours: minutes(value) ?? 0 })}
        />
        <NumberInput
          label="Take a thread from who does not answer within"
          description="Working minutes; empty for never"
          min={1}
          value={form.unassignMinutes ?? ''}
          onChange={(value) => set({ unassignMinutes: minutes(value) })}
        />
        <Select
          label="Who may answer in a thread that is another’s"
          allowDeselect={false}
          data={[
            { value: 'warned', label: 'Everybody, and they are told whose it is' },
            { value: 'anyone', label: 'Everybody' },
            { value: 'assignee', label: 'Whose it is alone; others take it over first' },
          ]}
          value={form.others}
          onChange={(value) => set({ others: (value ?? 'warned') as InboxSettings['others'] })}
        />
        <Select
          label="How threads come to people"
          allowDeselect={false}
          data={[
            { value: 'byHand', label: 'By hand' },
            { value: 'byTurns', label: 'By turns, to those who are there' },
          ]}
          value={form.assigning}
          onChange={(value) => set({ assigning: value === 'byTurns' ? 'byTurns' : 'byHand' })}
        />
        <Switch
          label="Show people what was read"
          description="On WhatsApp: the blue ticks once a thread is opened, and that somebody writes an answer"
          checked={form.readReceipts}
          onChange={({ currentTarget }) => set({ readReceipts: currentTarget.checked })}
        />
        <Title order={3}>Automatic answers</Title>
        <Text size="sm" c="dimmed">
          The first that fits and has words, once in twelve hours to each person; never after STOP.
        </Text>
        {autoReplies.map(({ kind, label, description }) => (
          <Textarea
            key={kind}
            label={label}
            description={description}
            autosize
            minRows={1}
            maxLength={1_600}
            value={form.autoReplies[kind] ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const { [kind]: _, ...others } = form.autoReplies;
              set({ autoReplies: value === '' ? others : { ...others, [kind]: value } });
            }}
          />
        ))}
        <Title order={3}>Working hours</Title>
        <Text size="sm" c="dimmed">
          By the clock, as 09:00-17:00, or 09:00-12:00, 13:00-17:00; empty for a free day.
        </Text>
        <Select
          label="Time zone"
          searchable
          allowDeselect={false}
          data={[...new Set([form.hours.timeZone, ...Intl.supportedValuesOf('timeZone')])]}
          value={form.hours.timeZone}
          onChange={(timeZone) => timeZone !== null && setHours({ timeZone })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {weekdays.map((each) => (
            <TextInput
              key={each}
              label={`${each.charAt(0).toUpperCase()}${each.slice(1)}`}
              value={week[each]}
              error={wrong.includes(each) ? 'Write it as 09:00-17:00' : undefined}
              onChange={({ currentTarget }) => setWeek({ ...week, [each]: currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <TagsInput
          label="Holidays"
          description="As 2026-12-25"
          value={form.hours.holidays}
          onChange={(holidays) => setHours({ holidays })}
        />
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy}>
            Keep
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

const [hour, day] = [3_600, 86_400];

/** Seconds as one reads them. */
function waitWords(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 2 * hour) return `${Math.round(seconds / 60)} min`;
  return seconds < 2 * day ? `${Math.round(seconds / hour)} h` : `${Math.round(seconds / day)} days`;
}

function Measures() {
  const measures = useQuery(measuresQuery);
  const { data: agents } = useQuery(agentsQuery);
  return (
    <Loaded query={measures}>
      {({ opened, unanswered, firstReply, resolution, agents: byAgent }) => (
        <Stack gap="xs">
          <Text>
            {count(opened)} threads in 30 days; {count(unanswered)} of them nobody has answered yet.
          </Text>
          <table className="data-table">
            <caption>Waiting times</caption>
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">First answer, middle</th>
                <th scope="col">Nine of ten within</th>
                <th scope="col">Resolved, middle</th>
              </tr>
            </thead>
            <tbody>
              {[{ agent: null, firstReply, resolution }, ...byAgent].map((row) => (
                <tr key={row.agent ?? ''}>
                  <td>{row.agent === null ? 'All' : agentName(agents?.agents ?? [], row.agent)}</td>
                  <td data-label="First answer, middle">{waitWords(row.firstReply.median)}</td>
                  <td data-label="Nine of ten within">{waitWords(row.firstReply.p90)}</td>
                  <td data-label="Resolved, middle">{waitWords(row.resolution.median)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Stack>
      )}
    </Loaded>
  );
}
