import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { randomKey } from '../../../words/random-key.ts';
import { isPart, type Part } from '../../segments/definition.ts';
import { end } from '../document.ts';
import type { TileFormProps } from './tile-look.ts';

/** The branches of a tile, in the order in which they are looked at: each with its name and what `children` write of it. */
export function Branches({
  tile,
  what,
  least = 1,
  most,
  begin,
  onChange,
  children,
}: Pick<TileFormProps, 'tile' | 'onChange'> & {
  /** What one of them is called: `branch`. */
  what: string;
  least?: number;
  most: number;
  /** A new one without name and way. */
  begin: Part;
  children: (branch: Part, set: (branch: Part, what?: string) => void, index: number) => ReactNode;
}) {
  const branches = branchesOf(tile);
  const [keys, setKeys] = useState<readonly string[]>(() => branches.map(randomKey));
  const list = useRef<HTMLDivElement>(null);
  const set = (next: readonly Part[], written?: string) => onChange({ ...tile, branches: next }, written);
  const swap = (index: number, other: number) => {
    const [one, two] = [branches[index], branches[other]];
    if (!one || !two) return;
    setKeys(keys.with(index, keys[other] ?? '').with(other, keys[index] ?? ''));
    set(branches.with(index, two).with(other, one));
  };
  return (
    <Stack gap="sm" ref={list}>
      {branches.map((branch, index) => (
        <Paper
          key={keys[index] ?? index}
          withBorder
          p="sm"
          radius="md"
          role="group"
          data-field={`branches.${index}`}
          aria-label={`${what} ${index + 1}: ${String(branch.name ?? '')}`}
        >
          <Stack gap="sm">
            <Group align="flex-end" wrap="nowrap" gap="xs">
              <TextInput
                label="Name"
                flex={1}
                maxLength={60}
                value={String(branch.name ?? '')}
                onChange={(event) =>
                  set(branches.with(index, { ...branch, name: event.currentTarget.value }), `name ${index}`)
                }
              />
              <Mover
                label={`Move ${what} ${index + 1} up`}
                isOff={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </Mover>
              <Mover
                label={`Move ${what} ${index + 1} down`}
                isOff={index === branches.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </Mover>
              <Mover
                label={`Remove ${what} ${index + 1}`}
                isOff={branches.length <= least}
                onClick={() => {
                  setKeys(keys.toSpliced(index, 1));
                  set(branches.toSpliced(index, 1));
                  list.current?.querySelector('input')?.focus();
                }}
              >
                <IconTrash size={16} aria-hidden />
              </Mover>
            </Group>
            {children(
              branch,
              (next, written) => set(branches.with(index, next), written && `${written} ${index}`),
              index,
            )}
          </Stack>
        </Paper>
      ))}
      {branches.length < most ? (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              setKeys([...keys, randomKey()]);
              set([...branches, { name: freshName(branches), ...begin, next: end }]);
            }}
          >
            Add a {what}
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {most} are the most.
        </Text>
      )}
    </Stack>
  );
}

/** The branches of a tile. */
export const branchesOf = (tile: Part): Part[] =>
  Array.isArray(tile.branches) ? tile.branches.filter(isPart) : [];

function freshName(branches: readonly Part[]): string {
  let number = branches.length + 1;
  while (branches.some(({ name }) => name === `branch ${number}`)) number++;
  return `branch ${number}`;
}

function Mover({
  label,
  isOff,
  onClick,
  children,
}: {
  label: string;
  isOff: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} disabled={isOff} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
