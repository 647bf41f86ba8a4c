import { Card, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { examplesQuery, type TemplateExample } from '../../api/templates.ts';
import type { UserCard } from '../../api/users.ts';
import { PersonChoice } from './person-choice.tsx';

const keyOf = ({ language, field, number }: TemplateExample) => `${language} ${field} ${number}`;

/** What Meta's reviewers are to see in place of a template's variables: made of a person or by hand. */
export function useReviewExamples(templateId: number) {
  const [person, setPerson] = useState<UserCard | null>(null);
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const { data = [] } = useQuery(examplesQuery(templateId, person?.ref ?? null));
  const examples = data.map((each) => ({ ...each, example: written[keyOf(each)] ?? each.example }));
  return {
    examples,
    person,
    choose: (next: UserCard | null) => {
      setWritten({});
      setPerson(next);
    },
    write: (of: TemplateExample, example: string) =>
      setWritten((before) => ({ ...before, [keyOf(of)]: example })),
  };
}

/** The examples, seen and changed before they go to Meta; nothing where a template has no variables. */
export function ReviewExamples({ examples, person, choose, write }: ReturnType<typeof useReviewExamples>) {
  if (examples.length === 0) return null;
  const languages = new Set(examples.map(({ language }) => language));
  return (
    <Card padding="sm" role="group" aria-label="Examples for Meta’s reviewers">
      <Stack gap="xs">
        <Title order={3} size="h5">
          Examples for Meta’s reviewers
        </Title>
        <Text size="sm" c="dimmed">
          They see these in place of the fields. Good ones are approved sooner; take out what is personal,
          since they leave for Meta as they stand here.
        </Text>
        <PersonChoice
          person={person}
          onChange={choose}
          label="Make them of a real person"
          description="Without one the fallbacks stand here"
        />
        {examples.map((each) => (
          <TextInput
            key={keyOf(each)}
            label={labelOf(each, languages.size > 1)}
            size="xs"
            required
            maxLength={1000}
            value={each.example}
            onChange={(event) => write(each, event.currentTarget.value)}
          />
        ))}
      </Stack>
    </Card>
  );
}

function labelOf({ language, field, number }: TemplateExample, isOfMany: boolean): string {
  const card = /^carousel\.cards\.(\d+)/.exec(field)?.[1];
  const part = card !== undefined ? `Card ${Number(card) + 1}` : field === 'body' ? 'Body' : 'Header';
  return `${part}, field ${number}${isOfMany ? ` (${language})` : ''}`;
}
