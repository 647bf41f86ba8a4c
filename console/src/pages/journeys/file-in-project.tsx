import { Alert, Card, Group, Select, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { campaignNamesQuery } from '../../api/campaigns.ts';
import { channelsQuery, messageTypesQuery } from '../../api/channels.ts';
import {
  type FilePlan,
  type JourneyFile,
  journeysQuery,
  type Lacking,
  planQuery,
} from '../../api/journeys.ts';
import { listsQuery } from '../../api/lists.ts';
import { segmentsQuery } from '../../api/segments.ts';
import { poolsQuery, sendersQuery } from '../../api/senders.ts';
import { templatesQuery } from '../../api/templates.ts';
import { Loaded } from '../../shell/problem.tsx';
import { counted } from '../../words/formats.ts';
import { shortOptions } from '../../words/short-options.ts';
import { FaultList } from './fault-list.tsx';
import { placeOf } from './faults.ts';

/** What a journey's file names that this project has not, each with what may stand in its place. */
export function FileInProject({
  file,
  onChange,
}: {
  file: JourneyFile;
  onChange: (file: JourneyFile) => void;
}) {
  const plan = useQuery(planQuery(file));
  return <Loaded query={plan}>{(found) => <Found plan={found} file={file} onChange={onChange} />}</Loaded>;
}

function Found({
  plan,
  file,
  onChange,
}: {
  plan: FilePlan;
  file: JourneyFile;
  onChange: (file: JourneyFile) => void;
}) {
  // Those that were lacking at first stay in sight with what was chosen for them.
  const [asked] = useState(plan.lacking ?? []);
  const still = plan.lacking ?? [];
  const tiles = Object.keys(isRecord(file.document.tiles) ? file.document.tiles : {}).length;
  const others = (plan.faults ?? [])
    .filter(
      ({ field }) => field.startsWith('document') && !still.some(({ fields }) => fields.includes(field)),
    )
    .map(placeOf);
  return (
    <Stack gap="sm" component="section" aria-label="What the file brings" aria-live="polite">
      {asked.length > 0 ? (
        <Card padding="md">
          <Stack gap="sm">
            <Group gap="xs" wrap="nowrap">
              <ThemeIcon variant="light" color="yellow" size={28} radius="md">
                <IconAlertTriangle size={17} aria-hidden />
              </ThemeIcon>
              <Text fw={650}>
                {counted(asked.length, 'thing')} that it names {asked.length === 1 ? 'is' : 'are'} not in this
                project
              </Text>
            </Group>
            <Text size="sm">
              Choose what this project has in their place, or leave it open: it is to be filled in the draft
              then.
            </Text>
            {asked.map((lacking) => (
              <InItsPlace
                key={lacking.reference}
                lacking={lacking}
                chosen={chosenFor(lacking, file)}
                onChoose={(reference, name) =>
                  onChange({ ...file, names: { ...file.names, [reference]: name } })
                }
              />
            ))}
          </Stack>
        </Card>
      ) : (
        <Text size="sm" c="dimmed" className="save-line">
          <IconCheck size={15} aria-hidden /> {counted(tiles, 'tile')}: all that the file names is in this
          project
        </Text>
      )}
      {plan.id !== undefined && (
        <Alert icon={<IconInfoCircle aria-hidden />} p="xs">
          There is a journey called “{file.name}” here. It stays as it is; give this one a name of its own.
        </Alert>
      )}
      {others.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="To be mended in the draft">
          <FaultList faults={others} />
        </Alert>
      )}
    </Stack>
  );
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What was chosen in its place; null for nothing yet. */
const chosenFor = ({ reference, name }: Lacking, { names }: JourneyFile): string | null => {
  const now = names[reference];
  return now === undefined || now === name ? null : now;
};

const kindWords: Record<string, string> = {
  template: 'Template',
  list: 'List',
  segment: 'Segment',
  channel: 'Channel',
  messageType: 'Message type',
  sender: 'Sender',
  pool: 'Sender pool',
  journey: 'Journey',
  campaign: 'Campaign',
};

function InItsPlace({
  lacking: { kind, reference, name, isSeveral, candidates, fields },
  chosen,
  onChoose,
}: {
  lacking: Lacking;
  chosen: string | null;
  onChoose: (reference: string, name: string) => void;
}) {
  const names = useNames(kind);
  const word = kindWords[kind] ?? kind;
  const tiles = [...new Set(fields.map((field) => placeOf({ field, fault: '' }).at).flatMap(placeWords))];
  const where = `${isSeveral ? 'Several here are called so. ' : ''}Named at ${tiles.join(', ')}`;
  return (
    <Select
      label={name === null ? `${word} without a name in the file` : `${word} “${name}”`}
      description={where}
      searchable
      clearable={false}
      filter={shortOptions}
      placeholder={names?.length === 0 ? 'This project has none yet' : 'Leave it open'}
      nothingFoundMessage="None is called so"
      // Where several are called so, each stands with what tells it from the others.
      data={[...new Set(isSeveral ? candidates : names)]}
      value={chosen}
      onChange={(value) => value !== null && onChoose(reference, value)}
    />
  );
}

const placeWords = (at: ReturnType<typeof placeOf>['at']): string[] =>
  at === null
    ? []
    : [
        at.what === 'tile'
          ? at.id
          : { entry: 'the entry', exits: 'the exit rules', settings: 'the settings' }[at.what],
      ];

/** The names of what a project has of a kind; undefined while they are not known. */
function useNames(kind: string): readonly string[] | undefined {
  const asked = <Query extends object>(of: string, query: Query) => ({ ...query, enabled: kind === of });
  const templates = useQuery(asked('template', templatesQuery)).data;
  const lists = useQuery(asked('list', listsQuery)).data;
  const segments = useQuery(asked('segment', segmentsQuery)).data;
  const channels = useQuery(asked('channel', channelsQuery)).data;
  const types = useQuery(asked('messageType', messageTypesQuery)).data;
  const senders = useQuery(asked('sender', sendersQuery)).data;
  const pools = useQuery(asked('pool', poolsQuery)).data;
  const journeys = useQuery(asked('journey', journeysQuery(false))).data;
  const campaigns = useQuery(asked('campaign', campaignNamesQuery)).data;
  const found = [templates, lists, segments, channels, types, senders, pools, journeys, campaigns].find(
    Boolean,
  );
  return found?.map(({ name }) => name);
}
