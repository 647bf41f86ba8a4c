import { Alert, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type Campaign, takeNewContent } from '../../api/campaigns.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';

/** Says that the template has changed since the campaign took its text, and offers the new one. */
export function ContentNotice({ campaign }: { campaign: Campaign }) {
  const take = useAction(() => takeNewContent(campaign.id), {
    done: 'The campaign has the new text',
    refresh: [['campaigns']],
    after: focusPageTitle,
  });
  return (
    <Alert icon={<IconPencil aria-hidden />} color="yellow" title="The template has changed since">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          This campaign sends the text its template had on {instant(campaign.contentAt)}, and goes on with it.
        </Text>
        <ConfirmButton
          label="Use the new text"
          size="xs"
          variant="default"
          question="Use the new text from now on?"
          confirm="Use the new text"
          busy={take.isBusy}
          onConfirm={() => take.act()}
        >
          Whoever is not in the queue yet gets what the template says now. What is queued keeps the old text.
        </ConfirmButton>
      </Stack>
    </Alert>
  );
}
