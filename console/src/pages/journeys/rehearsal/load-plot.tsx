import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Group, Text } from '@mantine/core';
import { count } from '../../../words/formats.ts';
import { axisWidth, rightMargin } from './axis.ts';
import { lengthWords, momentWords, shortMoment } from './rehearsal-words.ts';
import { instantOf, loadOf, type SenderLoad, type Timeline } from './timeline.ts';

const hourMs = 3_600_000;

/** What is due at one sender as time goes by, against the line of its pace, and where the scrubber stands. */
export default function LoadPlot({
  sender,
  timeline,
  step,
  onStep,
}: {
  sender: SenderLoad;
  timeline: Timeline;
  step: number;
  onStep: (step: number) => void;
}) {
  const load = loadOf(sender, timeline);
  const points = load.map((each) => ({
    at: shortMoment(instantOf(timeline, each.step)),
    Due: each.segments,
    'Left over': each.left,
  }));
  const aStep = sender.pace === null ? null : Math.round((sender.pace * timeline.stepMs) / 1_000);
  const most = Math.max(...load.map(({ segments, left }) => segments + left));
  const isLineSeen = aStep !== null && aStep <= most * 2.5;
  const here = points[step]?.at;
  const unit = timeline.stepMs === hourMs ? 'an hour' : `in ${lengthWords(timeline.stepMs)}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4} align="baseline">
        <Text size="sm" fw={650} dir="auto">
          {sender.name || 'A sender that is gone'}
        </Text>
        <Text size="xs" c="dimmed">
          {paceWords(sender, aStep, unit)}
        </Text>
      </Group>
      <div role="img" aria-label={plotWords(sender, load, timeline)}>
        <BarChart
          h={150}
          data={points}
          dataKey="at"
          type="stacked"
          series={[
            { name: 'Due', color: 'dusk.5' },
            { name: 'Left over', color: 'orange.6' },
          ]}
          tickLine="none"
          gridAxis="y"
          valueFormatter={count}
          accessibilityLayer={false}
          barProps={{ isAnimationActive: false }}
          barChartProps={{
            barCategoryGap: 1,
            margin: { top: 8, right: rightMargin, bottom: 0, left: 0 },
            onClick: ({ activeTooltipIndex }) => {
              const chosen = Number(activeTooltipIndex);
              if (Number.isInteger(chosen)) onStep(chosen);
            },
          }}
          yAxisProps={{
            width: axisWidth,
            allowDecimals: false,
            domain: [0, isLineSeen ? Math.max(most, aStep) : most],
          }}
          xAxisProps={{ minTickGap: 70 }}
          referenceLines={[
            ...(isLineSeen
              ? [
                  {
                    y: aStep,
                    color: 'red.7',
                  },
                ]
              : []),
            ...(here === undefined ? [] : [{ x: here, color: 'var(--mantine-color-text)' }]),
          ]}
        />
      </div>
    </div>
  );
}

function paceWords({ pace, dailyCap, mostLateMs }: SenderLoad, aStep: number | null, unit: string): string {
  const cap = dailyCap === null ? '' : `, ${count(dailyCap)} a day at the most`;
  const able =
    pace === null || aStep === null
      ? 'its pace is not known'
      : `can send ${count(aStep)} segments ${unit}${cap}`;
  return mostLateMs > 0 ? `${able}; up to ${lengthWords(mostLateMs)} late` : `${able}; never late`;
}

/** What the plot shows, for those who do not see it. */
function plotWords(
  { name, messages, segments }: SenderLoad,
  load: ReturnType<typeof loadOf>,
  timeline: Timeline,
): string {
  const busiest = load.reduce((most, each) => (each.segments > most.segments ? each : most));
  return `${name}: ${count(messages)} messages of ${count(segments)} segments, most of them due from ${momentWords(instantOf(timeline, busiest.step))}, when ${count(busiest.segments)} segments are; the table below tells each step`;
}
