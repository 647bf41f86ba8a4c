import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Journey } from '../../api/journeys.ts';
import { byWords } from '../../words/by-words.ts';
import { clock } from '../../words/formats.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { Drawing } from './use-drawing.ts';

/** Whether what is drawn is saved, and whether it is what people go by. */
export function SaveLine({ journey, drawing }: { journey: Journey; drawing: Drawing }) {
  const { saving } = drawing;
  const [isAsked, setAsked] = useState(false);
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
        {saving.is === 'saved' && (
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
