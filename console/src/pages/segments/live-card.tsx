import { Card, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { type Segment, segmentSizesQuery } from '../../api/segments.ts';
import { counted } from '../../words/formats.ts';

// The chart brings a library of its own; the figure need not wait for it.
const SizeChart = lazy(() => import('./size-chart.tsx').then((chart) => ({ default: chart.SizeChart })));

/** How many are of a live segment, how far it is filled, and how many were. */
export function LiveCard({ segment: { id, size = 0, filling } }: { segment: Segment }) {
  const { data: points = [] } = useQuery({ ...segmentSizesQuery(id), enabled: !filling });
  const share = filling ? Math.floor((filling.lanes / filling.of) * 100) : 100;
  return (
    <Card component="section" aria-labelledby="live">
      <Stack>
        <Title order={2} id="live">
          Kept live
        </Title>
        <Text role="status">
          {counted(size, 'person', 'people')}
          {filling ? ` so far: it is being filled, ${share} % is done` : ' now'}
        </Text>
        {filling && <Progress value={share} aria-label="How far it is filled" />}
        {!filling && points.length > 0 && (
          <Suspense>
            <SizeChart points={[...points, { at: Date.now(), size }]} />
          </Suspense>
        )}
      </Stack>
    </Card>
  );
}
