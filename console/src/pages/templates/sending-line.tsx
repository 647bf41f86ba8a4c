import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { DraftPreview } from '../../api/templates.ts';
import { counted, dollars } from '../../words/formats.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';

/** What will leave, as the server makes it: what it counts and costs, or why this person gets nothing. */
export function SendingLine({ preview }: { preview: DraftPreview }) {
  const { skip, notes } = preview;
  if (skip)
    return (
      <Alert
        color="yellow"
        icon={<IconAlertTriangle aria-hidden />}
        title="They would get nothing"
        role="status"
      >
        {skipReasonWords(skip.reason)}: <span className="code">{skip.detail}</span>
        {skip.reason === 'missingField' && '. Give the field a word to stand in, or put it inside an if.'}
      </Alert>
    );
  return (
    <div role="status">
      <Text size="sm" c="dimmed" ta="center">
        {[sizeWords(preview), costWords(preview)].filter((words) => words !== '').join(' ')}
      </Text>
      {notes.map((note) => (
        <Alert key={note} mt="xs" color="yellow" icon={<IconInfoCircle aria-hidden />}>
          {note}
        </Alert>
      ))}
    </div>
  );
}

/** "183 characters, sent and billed as 2 segments of up to 153." */
function sizeWords({ message, characters, encoding, segments }: DraftPreview): string {
  if (message?.kind === 'sms' && message.mediaUrls) return 'Leaves as one MMS.';
  if (characters === null) return '';
  const [alone, among] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
  const why =
    encoding === 'GSM-7'
      ? ''
      : ' Letters beyond the SMS alphabet make a segment shorter (UCS-2 in place of GSM-7).';
  return `${counted(characters, 'character')}, sent and billed as ${counted(segments, 'segment')} of up to ${segments > 1 ? among : alone}.${why}`;
}

function costWords({ priceMicros }: DraftPreview): string {
  if (priceMicros === null || priceMicros === 0) return '';
  const price = priceMicros / 1_000_000;
  return `About ${dollars(price)} for this person, ${dollars(price * 1000)} for a thousand like them.`;
}
