import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Flow, type FlowAnswer, flowAnswersQuery } from '../../api/flows.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { fieldText, instant } from '../../words/formats.ts';

/** What became of an answer, in words; null for what went as it should. */
const faultWords: Record<string, string | null> = {
  ...{ kept: null, tracked: null, recorded: null, notAgreed: null },
  pending: 'waits for their confirmation',
  optOutStands: 'their opt-out stands',
  noAddress: 'they have no address there',
  noProof: 'the words that were shown are not known',
  draft: 'the flow was tried, and not published',
  otherPerson: 'the form was sent to somebody else',
  unknownTarget: 'the message type is gone',
  addressGone: 'the address is theirs no more',
  unknownUser: 'the person is gone',
};

const nameOf = ({ user }: FlowAnswer) => user.email ?? user.userId ?? user.phoneNumber ?? 'somebody';

const columnsOf = (flow: Flow): Column<FlowAnswer>[] => [
  {
    header: 'Person',
    cell: (answer) => (
      <TextLink to="/users/$ref" params={{ ref: answer.user.ref }} className="stretched">
        <bdi>{nameOf(answer)}</bdi>
      </TextLink>
    ),
  },
  ...flow.fields.slice(0, 5).map(
    ({ name, choices }): Column<FlowAnswer> => ({
      header: name,
      cell: ({ response }) => shown(response[name], choices),
    }),
  ),
  {
    header: 'What came of it',
    cell: ({ outcome }) => {
      const faults = outcome.flatMap(({ answer, to, outcome: came }) => {
        const words = Object.hasOwn(faultWords, came) ? faultWords[came] : came;
        return words ? [`${answer || to}: ${words}`] : [];
      });
      if (faults.length === 0) return 'All was kept';
      return (
        <List size="sm">
          {faults.map((words) => (
            <List.Item key={words}>{words}</List.Item>
          ))}
        </List>
      );
    },
  },
  { header: 'When', cell: ({ at }) => instant(at), unbroken: true },
];

function shown(value: unknown, choices: Flow['fields'][number]['choices']): string {
  if (value === undefined || value === null || value === '') return '–';
  const titleOf = (id: unknown) => choices.find((each) => each.id === id)?.title ?? fieldText(id);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return Array.isArray(value) ? value.map(titleOf).join(', ') : titleOf(value);
}

/** Who answered what, and what came of it. */
export function AnswersPanel({ flow }: { flow: Flow }) {
  const answers = useQuery(flowAnswersQuery(flow.id));
  return (
    <Loaded query={answers}>
      {(data) => (
        <>
          <DataTable
            caption="Answers, the newest first"
            columns={columnsOf(flow)}
            rows={data.answers}
            rowKey={({ at, user }) => `${user.ref} ${at}`}
            empty="Nobody has answered yet. A free-form WhatsApp message of kind Flow sends it."
          />
          {data.answers.length === 100 && (
            <Text size="sm" c="dimmed" mt="sm">
              The newest 100 are shown.
            </Text>
          )}
        </>
      )}
    </Loaded>
  );
}
