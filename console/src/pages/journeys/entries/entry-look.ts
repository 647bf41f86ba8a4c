import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Part } from '../../segments/definition.ts';

/** What the form of an entry is given: what stands under its name in `entry.on`. */
export interface EntryFormProps {
  of: Part;
  onChange: (of: Part, what?: string) => void;
}

/** How a way of letting people in is called and written. Each is a file beside this one. */
export interface EntryLook {
  name: string;
  label: string;
  Icon: Icon;
  /** What stands under its name to begin with. */
  begin: Part;
  /** The fields that the form writes; what else the schema has is written as JSON. */
  writes: readonly string[];
  Form: (props: EntryFormProps) => ReactNode;
}
