import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';

/**
 * From page to page where nobody counts the pages: each names the one before and the one behind it. Nothing where one page holds
 * all.
 */
export function Steps({
  next,
  previous,
  isFirst,
  onPage,
}: {
  next: string | undefined;
  previous: string | undefined;
  isFirst: boolean;
  onPage: (cursor: string | undefined) => void;
}) {
  if (next === undefined && previous === undefined && isFirst) return null;
  return (
    <Group justify="space-between" gap="xs" component="nav" aria-label="Pages">
      <Button variant="default" disabled={isFirst} onClick={() => onPage(undefined)}>
        First page
      </Button>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconChevronLeft size={18} aria-hidden />}
          disabled={previous === undefined}
          onClick={() => onPage(previous)}
        >
          Previous
        </Button>
        <Button
          variant="default"
          rightSection={<IconChevronRight size={18} aria-hidden />}
          disabled={next === undefined}
          onClick={() => onPage(next)}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}
