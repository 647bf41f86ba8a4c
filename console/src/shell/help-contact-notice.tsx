import { Alert } from '@mantine/core';
import { IconLifebuoy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectQuery } from '../api/project.ts';

/** Says that the answers to STOP and HELP name nobody to turn to; nothing once the help contact is set. */
export function HelpContactNotice({ children }: { children?: ReactNode }) {
  const { data: project } = useQuery(projectQuery);
  if (project?.helpContact.trim() !== '') return null;
  return (
    <Alert color="yellow" icon={<IconLifebuoy aria-hidden />} title="No help contact yet">
      Whoever texts STOP or HELP is answered with the address of this installation ({window.location.origin}),
      where nobody can help them. Carriers expect an email address, a phone number or a page of yours there.{' '}
      {children}
    </Alert>
  );
}
