import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { Card, Group, Text, Title } from '@mantine/core';
import type { Live } from '../../api/numbers.ts';
import { ago, clock, count, counted } from '../../words/formats.ts';

const minute = 60_000;

/** Sends and deliveries added up over time, with the pace of the moment. */
export function SendsChart({ live }: { live: Live }) {
  const points = addUp(live);
  const last = points.at(-1);
  if (!last) return null;
  return (
    <Card component="section" aria-labelledby="over-time">
      <Group justify="space-between" mb="md">
        <Title order={2} id="over-time">
          Over time
        </Title>
        {live.state === 'Running' && live.rate > 0 && live.totals.pending > 0 && (
          <Text c="dimmed" size="sm">
            {counted(Math.round(live.rate * 10) / 10, 'message')} a second
            {live.eta !== null &&
              live.eta > Date.now() &&
              ` · ${live.waiting === 0 ? 'all' : 'those in turn'} will have left ${ago(live.eta)}`}
            {live.waiting > 0 && ` · ${count(live.waiting)} pending until their hour`}
          </Text>
        )}
      </Group>
      <div
        role="img"
        aria-label={`Sends and deliveries added up until ${last.at}: ${count(last.Sends)} sends, ${count(last.Delivered)} delivered`}
      >
        <AreaChart
          h={260}
          data={points}
          dataKey="at"
          series={[
            { name: 'Sends', color: 'dusk.5' },
            { name: 'Delivered', color: 'green.7' },
          ]}
          curveType="monotone"
          withDots={false}
          withLegend
          tickLine="none"
          gridAxis="y"
          valueFormatter={count}
          areaChartProps={{ accessibilityLayer: false }}
          areaProps={{ isAnimationActive: false }}
          yAxisProps={{ width: 62, allowDecimals: false }}
          xAxisProps={{ minTickGap: 50 }}
        />
      </div>
    </Card>
  );
}

/** Running sums, a point a minute, from the minute before the first. */
function addUp({ minutes, totals }: Live): { at: string; Sends: number; Delivered: number }[] {
  const first = minutes[0];
  if (!first) return [];
  const shown = minutes.reduce(
    (sum, { sends, delivered }) => ({ sends: sum.sends + sends, delivered: sum.delivered + delivered }),
    { sends: 0, delivered: 0 },
  );
  // What lies before the minutes that are told of.
  let sends = Math.max(0, totals.sends - shown.sends);
  let delivered = Math.max(0, totals.delivered - shown.delivered);
  const points = [{ at: clock(first.at - minute), Sends: sends, Delivered: delivered }];
  for (const each of minutes) {
    sends += each.sends;
    delivered += each.delivered;
    points.push({ at: clock(each.at), Sends: sends, Delivered: delivered });
  }
  return points;
}
