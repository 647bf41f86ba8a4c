import { Group, Stack, type StackProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { BusyButton } from './busy-button.tsx';
import { Problem } from './problem.tsx';
import type { Action } from './use-action.ts';

/**
 * A form that does one thing: its fields, why it did not work the last time, and the button that does it (`submit` is what it
 * says), with `beside` at the other end of its row.
 */
export function ActionForm({
  action,
  submit,
  isWhole = true,
  isMinor = false,
  beside,
  gap,
  children,
}: {
  action: Pick<Action<void, unknown>, 'act' | 'isBusy' | 'error'>;
  submit: string;
  /** Whether all that it needs is filled in; its button takes no press until then. */
  isWhole?: boolean;
  /** Whether it stands among what matters more on its page. */
  isMinor?: boolean;
  beside?: ReactNode;
  gap?: StackProps['gap'];
  children: ReactNode;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        action.act();
      }}
    >
      <Stack gap={gap}>
        {children}
        {action.error && <Problem error={action.error} />}
        <Group justify={beside ? 'space-between' : 'flex-end'}>
          {beside}
          <BusyButton
            type="submit"
            variant={isMinor ? 'default' : 'filled'}
            busy={action.isBusy}
            disabled={!isWhole}
          >
            {submit}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
