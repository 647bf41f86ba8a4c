import { Anchor } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { simulatorQuery } from '../api/simulator.ts';

/** Opens the simulator's handset of a number in another tab; nothing where messages go to real carriers. */
export function HandsetLink({ number }: { number: string }) {
  const { data: simulator } = useQuery(simulatorQuery);
  if (!simulator) return null;
  return (
    <Anchor
      href={`${simulator}/#${encodeURIComponent(number)}`}
      target="_blank"
      rel="noreferrer"
      underline="always"
      size="sm"
    >
      <IconDeviceMobile size={16} aria-hidden style={{ verticalAlign: 'text-bottom' }} /> Open the simulated
      handset (new tab)
    </Anchor>
  );
}
