import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Journey, versionsQuery } from '../../api/journeys.ts';
import { byWords } from '../../words/by-words.ts';
import { clock } from '../../words/formats.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { asDocument } from './document.ts';
import type { Drawing } from './use-drawing.ts';

/** Whether what is drawn is saved, and whether it is what people go by. */
export function SaveLine({ journey, drawing }: { journey: Journey; drawing: Drawing }) {
  const { saving } = drawing;
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const version = journey.version === null ? 'not published yet' : `version ${journey.version}`;
  const ahead =
    journey.version !== null && journey.draft !== null ? ', with changes that are not published' : '';
  return (
    <>
      <span>
        {version}
        {ahead}
      </span>
      <Text span role="status" className="save-line" data-state={saving.is}>
        {drawing.isBehind && (
          <>
            {byWords(journey.updatedBy)} changed it at {clock(journey.updatedAt)}.{' '}
            <Anchor
              component="button"
              type="button"
              size="sm"
              underline="always"
              onClick={async () => {
                const versions = await queries.fetchQuery({ ...versionsQuery(journey.id), staleTime: 0 });
                drawing.load(journey, asDocument(journey.draft ?? versions[0]?.document));
              }}
            >
              Show it
            </Anchor>
          </>
        )}
        {saving.is === 'saved' && !drawing.isBehind && (
          <>
            <IconCheck size={15} aria-hidden /> Saved
          </>
        )}
        {saving.is === 'saving' && 'Saving …'}
        {saving.is === 'failed' && (
          <>
            <IconAlertTriangle size={15} aria-hidden /> Not saved: {refusalWords(saving.error)}{' '}
            <Anchor component="button" type="button" size="sm" underline="always" onClick={drawing.retry}>
              Try again
            </Anchor>
          </>
        )}
        {saving.is === 'conflict' && (
          <>
            <IconAlertTriangle size={15} aria-hidden /> Not saved: {byWords(saving.theirs.updatedBy)} changed
            it at {clock(saving.theirs.updatedAt)}.{' '}
            <Anchor
              component="button"
              type="button"
              size="sm"
              underline="always"
              onClick={() => setAsked(true)}
            >
              Choose
            </Anchor>
          </>
        )}
      </Text>
      {saving.is === 'conflict' && (
        <ConflictDialog
          opened={isAsked}
          theirs={saving.theirs}
          drawing={drawing}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
