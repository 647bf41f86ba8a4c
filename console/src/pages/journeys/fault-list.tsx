import { Button, Stack, Text } from '@mantine/core';
import { count } from '../../words/formats.ts';
import type { PlacedFault } from './faults.ts';
import { faultWords } from './panel/panel.tsx';
import { useSome } from './use-some.ts';

/** Faults with their tiles: the first of them, and on demand all. */
export function FaultList({ faults }: { faults: readonly PlacedFault[] }) {
  const { shown, more, showAll } = useSome(faults);
  return (
    <Stack gap={4} align="flex-start">
      {shown.map(({ at, field, fault }) => (
        <Text key={`${JSON.stringify(at)} ${field} ${fault}`} size="sm" className="anywhere">
          {at?.what === 'tile' && <b>{at.id}: </b>}
          {faultWords(field, fault)}
        </Text>
      ))}
      {more > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={showAll}>
          Show {count(more)} more
        </Button>
      )}
    </Stack>
  );
}
