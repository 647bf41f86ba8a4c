import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { QuestionResult } from '../../api/surveys.ts';
import { count, share } from '../../words/formats.ts';

const [rowHeight, frameHeight] = [34, 40];

/** How many people give each answer to a question. */
export function AnswerChart({ result: { text, answers, answered } }: { result: QuestionResult }) {
  const told = answers
    .map(({ label, people }) => `${label}: ${count(people)}, ${share(people, answered)}`)
    .join('; ');
  return (
    <div role="img" aria-label={`Answers to “${text}”. ${told}`}>
      <BarChart
        h={answers.length * rowHeight + frameHeight}
        orientation="vertical"
        data={answers.map(({ label, people }) => ({
          label: `${label} (${share(people, answered)})`,
          People: people,
        }))}
        dataKey="label"
        series={[{ name: 'People', color: 'dusk.5' }]}
        tickLine="none"
        gridAxis="x"
        valueFormatter={count}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false }}
        yAxisProps={{ width: 130, interval: 0 }}
        xAxisProps={{ allowDecimals: false }}
      />
    </div>
  );
}
