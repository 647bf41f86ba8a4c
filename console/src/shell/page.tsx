import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** Gives the page's title the focus, for when what had it is gone. */
export const focusPageTitle = () => document.querySelector<HTMLElement>('h1')?.focus();

/**
 * A page's frame: its one h1, a sentence about it and its actions. The title also becomes the browser's, and
 * takes the focus when the page opens, so that a screen reader says where one has come.
 */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Carillon`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex="1 1 260px" miw={0}>
          <Title order={1} ref={heading} tabIndex={-1} dir="auto" className="anywhere">
            {title}
          </Title>
          {about && (
            <Text c="dimmed" mt={4} maw={720} component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
