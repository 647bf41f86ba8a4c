import { Text } from '@mantine/core';
import { IconShoppingBag } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What a message says, on the ground of its sender's side. */
export function Bubble({ children }: { children: ReactNode }) {
  return (
    <div className="bubble" dir="auto">
      {children}
    </div>
  );
}

/** Cards beside each other, which one pushes sideways. */
export function Row({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keys
    <section className="bubble-row" aria-label="Cards" tabIndex={0}>
      {children}
    </section>
  );
}

/** Products by their ids in the catalogue. */
export function Products({ ids }: { ids: readonly string[] }) {
  return (
    <div className="bubble-sheet">
      {ids.map((id) => (
        <Line key={id} icon={<IconShoppingBag size={18} aria-hidden />}>
          {id}
        </Line>
      ))}
    </div>
  );
}

/** Words beside a sign. */
export function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className="bubble-line">
      {icon}
      <span className="anywhere">{children}</span>
    </span>
  );
}

/** What stands smaller below. */
export function Faint({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" className="anywhere">
      {children}
    </Text>
  );
}

/** A button under a message, and where it leads. */
export function Press({ icon, under, children }: { icon?: ReactNode; under?: string; children: ReactNode }) {
  return (
    <div className="bubble-button" dir="auto">
      {icon} <span>{children}</span>
      {under && (
        <Text size="xs" fw={400} className="anywhere">
          {under}
        </Text>
      )}
    </div>
  );
}
