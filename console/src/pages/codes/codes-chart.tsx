import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Card, Title } from '@mantine/core';
import type { CodeFigures } from '../../api/verifications.ts';
import { count, counted, instant } from '../../words/formats.ts';

/** Codes by hour: those that were checked rightly, and those that were refused, beside what was sent. */
export function CodesChart({ hours }: { hours: CodeFigures['hours'] }) {
  const sent = hours.reduce((sum, hour) => sum + hour.sent, 0);
  const verified = hours.reduce((sum, hour) => sum + hour.verified, 0);
  return (
    <Card component="section" aria-labelledby="by-hour">
      <Title order={2} id="by-hour" mb="md">
        By hour
      </Title>
      <div
        role="img"
        aria-label={`Codes by hour: ${counted(sent, 'message')} sent in all, ${count(verified)} checked rightly`}
      >
        <BarChart
          h={220}
          data={hours.map(({ at, sent: Sent, verified: right, refused: Refused }) => ({
            ...{ at: instant(at), Sent, 'Checked rightly': right, Refused },
          }))}
          dataKey="at"
          series={[
            { name: 'Sent', color: 'dusk.5' },
            { name: 'Checked rightly', color: 'green.7' },
            { name: 'Refused', color: 'red.7' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="y"
          valueFormatter={count}
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false }}
          yAxisProps={{ width: 62, allowDecimals: false }}
          xAxisProps={{ minTickGap: 50 }}
        />
      </div>
    </Card>
  );
}
