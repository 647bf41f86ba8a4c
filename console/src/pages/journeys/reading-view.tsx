import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Outline } from './outline.tsx';
import type { Scene } from './scene.ts';

const Canvas = lazy(() => import('./canvas/canvas.tsx'));

/** A journey that is looked at only: on the canvas, or as a list, which is what phones get. */
export function ReadingView({ scene, label }: { scene: Scene; label: string }) {
  const isPhone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [isList, setList] = useState(false);
  return (
    <Stack gap="xs">
      {!isPhone && (
        <SegmentedControl
          aria-label={`How it is shown: ${label}`}
          size="xs"
          style={{ alignSelf: 'flex-end' }}
          value={isList ? 'list' : 'canvas'}
          onChange={(value) => setList(value === 'list')}
          data={[
            { value: 'canvas', label: 'Canvas' },
            { value: 'list', label: 'List' },
          ]}
        />
      )}
      <div className="journey-view">
        {isPhone || isList ? (
          <Outline scene={scene} label={label} />
        ) : (
          <Suspense fallback={<Skeleton h={560} radius="lg" />}>
            <Canvas scene={scene} label={label} />
          </Suspense>
        )}
      </div>
    </Stack>
  );
}
