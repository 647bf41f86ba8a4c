import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { countsQuery, type JourneyCounts } from '../../api/journeys.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { FigureCards } from '../../shell/figure-cards.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { count, share } from '../../words/formats.ts';
import { leavingWords } from '../../words/leaving.ts';
import { inOrder, type JourneyDocument, kindOf, waysOf } from './document.ts';
import type { RoomProps } from './journey-page.tsx';
import { lookOf } from './kinds/kinds.ts';
import { droppedColumn, tileColumn } from './tile-columns.tsx';
import { wayWords } from './way-words.ts';

/** What came of a journey: how many entered, what became of them, and where they left. */
export function ResultsRoom({ journey, published, kinds }: RoomProps) {
  const counts = useQuery(countsQuery(journey));
  if (!published)
    return (
      <Card>
        <Text c="dimmed" ta="center" py="lg">
          Nobody has entered yet: it is not published.
        </Text>
      </Card>
    );
  return (
    <Loaded query={counts}>
      {(data) => (
        <Stack gap="lg">
          <Figures counts={data} hasGoal={published.goal !== undefined} />
          <GoalResults counts={data} />
          <Reasons counts={data} />
          <Tiles counts={data} document={published} kinds={kinds} />
        </Stack>
      )}
    </Loaded>
  );
}

function Figures({
  counts: { entered, inside, finished, left, waiting, goals },
  hasGoal,
}: {
  counts: JourneyCounts;
  hasGoal: boolean;
}) {
  const goal = left.goal ?? 0;
  const others = Object.values(left).reduce((sum, each) => sum + each, 0) - goal;
  const reached = goals.reached + goals.heldOut.reached;
  const figures = [
    { label: 'Entered', value: count(entered), note: 'passages; one person may have several' },
    { label: 'Inside', value: count(inside), note: `${share(inside, entered)} of entered` },
    { label: 'Finished', value: count(finished), note: `${share(finished, entered)} came to an end` },
    ...(hasGoal || reached > 0
      ? [{ label: 'Goal', value: count(reached), note: `${share(reached, entered)} reached it in time` }]
      : []),
    ...(!hasGoal || goal > 0
      ? [
          {
            label: hasGoal ? 'Left by the goal' : 'Goal',
            value: count(goal),
            note: hasGoal ? `${share(goal, entered)} of entered` : `${share(goal, entered)} reached it`,
          },
        ]
      : []),
    { label: 'Left otherwise', value: count(others), note: `${share(others, entered)} of entered` },
  ];
  const inLine = {
    ...{ label: 'Waiting to enter', value: count(waiting) },
    note: 'since so many enter in an hour or a day',
  };
  return (
    <FigureCards
      figures={waiting > 0 ? [...figures, inLine] : figures}
      cols={{ base: 2, sm: 3, md: waiting > 0 ? 6 : 5 }}
    />
  );
}

/** What came of the goal by messages, and beside those who got none of them. */
function GoalResults({ counts: { entered, goals, tiles } }: { counts: JourneyCounts }) {
  const { reached, withoutMessage, heldOut } = goals;
  const byTile = Object.entries(tiles)
    .filter(([, each]) => each.goals > 0)
    .sort(([, a], [, b]) => b.goals - a.goals);
  if (reached + heldOut.entered === 0) return null;
  const asked = entered - heldOut.entered;
  return (
    <Card component="section" aria-labelledby="goal-results">
      <Title order={2} id="goal-results" mb="sm">
        What brought them to the goal
      </Title>
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {byTile.map(([tile, each]) => (
          <li key={tile}>
            <b>{count(each.goals)}</b> after a message of <b className="anywhere">{tile}</b>, the last before
            it
          </li>
        ))}
        {withoutMessage > 0 && (
          <li>
            <b>{count(withoutMessage)}</b> before any message
          </li>
        )}
        {heldOut.entered > 0 && (
          <li>
            <b>{share(heldOut.reached, heldOut.entered)}</b> of the {count(heldOut.entered)} who are held out,
            beside <b>{share(reached, asked)}</b> of the {count(asked)} others
          </li>
        )}
      </Stack>
    </Card>
  );
}

function Reasons({ counts: { left } }: { counts: JourneyCounts }) {
  const reasons = Object.entries(left)
    .filter(([reason, people]) => reason !== 'goal' && people > 0)
    .sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="why-left">
      <Title order={2} id="why-left" mb="sm">
        Why they left
      </Title>
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {reasons.map(([reason, people]) => (
          <li key={reason}>
            <b>{count(people)}</b> {leavingWords(reason)}
          </li>
        ))}
      </Stack>
    </Card>
  );
}

interface TileRow {
  id: string;
  label: string;
  arrived: number;
  inside: number;
  ways: string;
  dropped: number;
  campaignId: number | null;
}

const columns: Column<TileRow>[] = [
  tileColumn(),
  { header: 'Arrived', cell: ({ arrived }) => count(arrived), numeric: true },
  { header: 'Inside', cell: ({ inside }) => count(inside), numeric: true },
  { header: 'Went on', cell: ({ ways }) => ways || '–' },
  droppedColumn('Dropped off'),
  {
    header: 'Messages',
    cell: ({ campaignId, id }) =>
      campaignId === null ? (
        '–'
      ) : (
        <TextLink to="/campaigns/$id" params={{ id: String(campaignId) }} size="sm">
          Campaign of {id}
        </TextLink>
      ),
  },
];

function Tiles({
  counts: { tiles, campaigns },
  document,
  kinds,
}: {
  counts: JourneyCounts;
  document: JourneyDocument;
  kinds: RoomProps['kinds'];
}) {
  const gone = Object.keys(tiles).filter((id) => !Object.hasOwn(document.tiles, id));
  const rows = [...inOrder(document, kinds), ...gone].map((id): TileRow => {
    const { arrived = 0, inside = 0, ways = {}, left = {} } = tiles[id] ?? {};
    const tile = document.tiles[id];
    const known = tile ? waysOf(id, tile, kinds) : [];
    const words = (name: string) => {
      const way = known.find((each) => each.name === name);
      const told = way ? wayWords(tile, way, known.length === 1) : name === 'moved' ? 'Moved' : name;
      return told === null ? '' : `${told} `;
    };
    return {
      ...{ id, arrived, inside, campaignId: campaigns[id] ?? null },
      label: tile ? lookOf(kindOf(tile)).label : 'gone from the journey',
      ways: Object.entries(ways)
        .map(([name, people]) => `${words(name)}${count(people)}`)
        .join(' · '),
      dropped: Object.values(left).reduce((sum, each) => sum + each, 0),
    };
  });
  return (
    <section aria-labelledby="by-tile">
      <Title order={2} id="by-tile" mb="sm">
        Tile by tile
      </Title>
      <DataTable
        caption="Tile by tile"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty="No tile."
      />
    </section>
  );
}
