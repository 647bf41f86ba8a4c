import { Card, SimpleGrid, type SimpleGridProps, Text } from '@mantine/core';

/** A figure with what it counts. */
export interface Figure {
  label: string;
  value: string;
  note: string;
  /** What it really was, beside one that was foreseen; null or left out where that is not known. */
  real?: string | null;
}

/** Figures as large numbers, each on a card of its own; `cols` are the cards side by side by the width of the window. */
export function FigureCards({
  figures,
  cols,
}: {
  figures: readonly Figure[];
  cols: SimpleGridProps['cols'];
}) {
  return (
    <SimpleGrid {...(cols !== undefined && { cols })} spacing="sm" component="dl" m={0}>
      {figures.map(({ label, value, note, real = null }) => (
        <Card key={label} padding="md">
          <Text size="sm" c="dimmed" component="dt">
            {label}
          </Text>
          <Text component="dd" m={0}>
            <Text
              span
              fz={26}
              fw={650}
              lh={1.25}
              display="block"
              style={{ fontVariantNumeric: 'tabular-nums' }}
            >
              {value}
            </Text>
            <Text span size="xs" c="dimmed" display="block">
              {note}
            </Text>
            {real !== null && (
              <Text span size="xs" fw={600} display="block" mt={2}>
                Really so far: {real}
              </Text>
            )}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
