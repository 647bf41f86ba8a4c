import { Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ShownVersion, type Verdict, versionsQuery, withdrawFromMeta } from '../../api/templates.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';
import { ApprovalBadge } from './approval-badge.tsx';

/** What Meta was shown of a template before: to take up again, or to delete there. */
export function VersionsPanel({
  templateId,
  verdict,
  onTakeUp,
}: {
  templateId: number;
  verdict: Verdict;
  onTakeUp: (version: ShownVersion) => void;
}) {
  const { data: versions = [] } = useQuery(versionsQuery(templateId, verdict.status));
  if (versions.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="versions">
      <Title order={2} id="versions" mb="sm">
        At Meta
      </Title>
      <List listStyleType="none" spacing="md" m={0} p={0}>
        {versions.map((version) => (
          <List.Item key={`${version.providerName} ${version.language}`}>
            <Version templateId={templateId} version={version} onTakeUp={onTakeUp} />
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

function Version({
  templateId,
  version,
  onTakeUp,
}: {
  templateId: number;
  version: ShownVersion;
  onTakeUp: (version: ShownVersion) => void;
}) {
  const { providerName, language, status, submittedAt, isPresent, content } = version;
  const remove = useAction(() => withdrawFromMeta(templateId, providerName), {
    ...{ done: `Meta has deleted ${providerName}`, refresh: [['templates']] },
  });
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text size="sm" fw={600} className="anywhere">
          {providerName}
        </Text>
        <ApprovalBadge status={status} />
      </Group>
      <Text size="sm" c="dimmed">
        {language} · submitted {instant(submittedAt)}
        {isPresent && ' · as it stands'}
      </Text>
      <Text size="sm" lineClamp={3} className="anywhere">
        {content.body}
      </Text>
      {status !== 'DELETED' && (
        <Group gap="xs">
          {!isPresent && (
            <Button
              size="xs"
              variant="default"
              aria-label={`Take it up again: ${providerName}`}
              onClick={() => onTakeUp(version)}
            >
              Take it up again
            </Button>
          )}
          <ConfirmButton
            label="Delete at Meta"
            aria-label={`Delete at Meta: ${providerName}`}
            size="xs"
            variant="default"
            question={`Delete ${providerName} at Meta?`}
            confirm="Delete at Meta"
            danger
            busy={remove.isBusy}
            onConfirm={() => remove.act()}
          >
            Nothing of it is sent any more, that of campaigns under way neither, and Meta lets nobody use its
            name for 30 days. The template stays here.
          </ConfirmButton>
        </Group>
      )}
    </Stack>
  );
}
