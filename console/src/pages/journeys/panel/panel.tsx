import { Alert, CloseButton, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { PlacedFault } from '../faults.ts';

/** Where the focus goes when a panel opens: nowhere, to its title, or to what is wrong (`branches.0.of`). */
export type TakesFocus = boolean | { field: string };

/** The frame of what is written beside the canvas. Its title takes the focus when it opens by keyboard. */
export function PanelFrame({
  title,
  Icon: KindIcon,
  colour,
  takesFocus,
  faults,
  isEditable = true,
  onClose,
  children,
}: {
  title: string;
  Icon: Icon;
  colour: string;
  takesFocus: TakesFocus;
  faults: readonly PlacedFault[];
  /** Whether what it says may be changed. */
  isEditable?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus === true) heading.current?.focus();
    else if (takesFocus) (controlAt(frame.current, takesFocus.field) ?? heading.current)?.focus();
  }, [takesFocus]);
  return (
    <Stack
      gap="md"
      ref={frame}
      onKeyDown={(event) => {
        // An open list of choices closes by itself first.
        const isList =
          event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
        if (event.key !== 'Escape' || isList || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ThemeIcon variant="light" color={colour} size={34} radius="md">
            <KindIcon size={20} aria-hidden />
          </ThemeIcon>
          <Title order={2} ref={heading} tabIndex={-1} className="anywhere">
            {title}
          </Title>
        </Group>
        <CloseButton aria-label="Close" size={34} onClick={onClose} />
      </Group>
      <Faults faults={faults} />
      {isEditable ? (
        children
      ) : (
        <fieldset disabled className="panel-read">
          <Stack gap="md">{children}</Stack>
        </fieldset>
      )}
    </Stack>
  );
}

const controls = 'input:not([type=hidden]), textarea';

/** The control in which a fault is mended: within what bears the beginning of its place, else the first that is empty. */
function controlAt(frame: HTMLElement | null, field: string): HTMLElement | null {
  if (!frame) return null;
  const [part] = [...frame.querySelectorAll<HTMLElement>('[data-field]')]
    .filter(({ dataset }) => field === dataset.field || field.startsWith(`${dataset.field}.`))
    .sort((a, b) => (b.dataset.field ?? '').length - (a.dataset.field ?? '').length);
  const within = [...(part ?? frame).querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(controls)];
  return within.find(({ value }) => value === '') ?? (part ? (within[0] ?? null) : null);
}

function Faults({ faults }: { faults: readonly PlacedFault[] }) {
  if (faults.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="To be mended" p="sm">
      <Stack gap={4}>
        {faults.map(({ field, fault }) => (
          <Text key={`${field} ${fault}`} size="sm" className="anywhere">
            {faultWords(field, fault)}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

/** A fault as one reads it: `for must have …`, or what is wrong with the whole. */
export const faultWords = (field: string, fault: string): string =>
  field === '' ? `It ${fault}` : `${field.replaceAll('.', ' › ')} ${fault}`;

/** A part of a panel under a small title. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-label={title} className="panel-part">
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}
