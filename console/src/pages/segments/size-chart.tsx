import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { count, counted, instant } from '../../words/formats.ts';

/** How many people were of a segment over time; the last point is now. */
export function SizeChart({ points }: { points: readonly { at: number; size: number }[] }) {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const words = (size: number) => counted(size, 'person', 'people');
  return (
    <div
      role="img"
      aria-label={`Size over time: ${words(first.size)} on ${instant(first.at)}, ${words(last.size)} now`}
    >
      <AreaChart
        h={220}
        data={points.map(({ at, size }) => ({ at: instant(at), People: size }))}
        dataKey="at"
        series={[{ name: 'People', color: 'dusk.5' }]}
        curveType="stepAfter"
        withDots={points.length < 3}
        tickLine="none"
        gridAxis="y"
        valueFormatter={count}
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={{ isAnimationActive: false }}
        yAxisProps={{ width: 62, allowDecimals: false }}
        xAxisProps={{ minTickGap: 50 }}
      />
    </div>
  );
}
