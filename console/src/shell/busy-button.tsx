import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';

type Native = Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps>;

/**
 * A button that turns while its action goes on (`busy`). It takes no press then, yet is not disabled: a disabled
 * one would lose the focus, and whoever works by keyboard their place.
 */
export function BusyButton({ busy, onClick, ...button }: ButtonProps & Native & { busy: boolean }) {
  return (
    <Button
      {...button}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
