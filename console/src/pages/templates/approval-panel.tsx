import { Alert, Badge, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sendersQuery } from '../../api/senders.ts';
import { submitToMeta, type Template, unpauseAtMeta, type Verdict } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';
import { ApprovalBadge } from './approval-badge.tsx';
import { ReviewExamples, useReviewExamples } from './review-examples.tsx';

/** Where a WhatsApp template stands with Meta, what to do about it, and the buttons that ask. */
export function ApprovalPanel({
  template: { templateId },
  verdict,
  isChanged,
}: {
  template: Template;
  verdict: Verdict;
  isChanged: boolean;
}) {
  return (
    <Card component="section" aria-labelledby="approval">
      <Stack gap="sm">
        <Group gap="sm">
          <Title order={2} id="approval">
            Meta’s approval
          </Title>
          <Group gap="xs" role="status">
            <ApprovalBadge status={verdict.status} />
            <Quality verdict={verdict} />
          </Group>
        </Group>
        <Standing verdict={verdict} />
        <Announced verdict={verdict} />
        <Actions templateId={templateId} verdict={verdict} isChanged={isChanged} />
      </Stack>
    </Card>
  );
}

const qualities: Readonly<Record<string, { label: string; colour: string }>> = {
  GREEN: { label: 'Quality high', colour: 'green' },
  YELLOW: { label: 'Quality medium', colour: 'yellow' },
  RED: { label: 'Quality low', colour: 'red' },
};

/** How people take it; nothing until Meta knows. */
function Quality({ verdict: { quality } }: { verdict: Verdict }) {
  const known = quality === null ? undefined : qualities[quality];
  return known ? <Badge color={known.colour}>{known.label}</Badge> : null;
}

function Standing({ verdict: { status, statusWords, statusRemedy, quality } }: { verdict: Verdict }) {
  if (statusWords !== null)
    return (
      <div>
        <Text size="sm" className="anywhere">
          {statusWords}.
        </Text>
        {statusRemedy !== null && (
          <Text size="sm" c="dimmed" className="anywhere">
            {statusRemedy}
          </Text>
        )}
      </div>
    );
  return (
    <Text size="sm" c="dimmed">
      {status === null
        ? 'Nothing of it is sent before Meta approves it.'
        : quality === 'RED' || quality === 'YELLOW'
          ? 'It is sent, but people block or report it: write to fewer, only to those who want it, before Meta pauses it.'
          : 'It is sent as it stands. A changed text is another version, which Meta looks at by itself.'}
    </Text>
  );
}

const categories: Readonly<Record<string, string>> = {
  MARKETING: 'Marketing',
  UTILITY: 'Utility',
  AUTHENTICATION: 'Authentication',
};

/** What Meta will file it under, told before it does. */
function Announced({ verdict: { category, nextCategory, nextCategoryAt } }: { verdict: Verdict }) {
  if (nextCategory === null) return null;
  const name = categories[nextCategory] ?? nextCategory;
  const from = nextCategoryAt === null ? 'soon' : `from ${instant(nextCategoryAt)} on`;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={`It will be ${name}`} role="status">
      Meta files it under {name} {from}; now it is {categories[category ?? ''] ?? category}.{' '}
      {nextCategory === 'MARKETING'
        ? 'Then each message costs what marketing costs, none goes to numbers of the United States, and Meta may hold some back from people who have many. To stay with Utility, take out what offers or advertises and submit that before then, or ask Meta for a review in WhatsApp Manager within 60 days.'
        : 'Then each message costs what that category costs.'}
    </Alert>
  );
}

function Actions({
  templateId,
  verdict: { status },
  isChanged,
}: {
  templateId: number;
  verdict: Verdict;
  isChanged: boolean;
}) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const options = senders
    .filter((sender) => sender.medium === 'whatsApp')
    .map((sender) => ({ value: String(sender.id), label: `${sender.name} (${sender.address})` }));
  const [chosen, setChosen] = useState<string | null>(null);
  const senderId = chosen ?? options[0]?.value;
  const isNew = status === null;
  const review = useReviewExamples(templateId);
  const submit = useAction((id: number) => submitToMeta(templateId, id, review.examples), {
    ...{ inPlace: true, done: isNew ? 'Submitted to Meta' : 'Meta was asked' },
    refresh: [['templates']],
  });
  const unpause = useAction(() => unpauseAtMeta(templateId), {
    ...{ inPlace: true, done: 'Meta was asked to end the pause', refresh: [['templates']] },
  });
  if (senderId === undefined) return <Text size="sm">Connect a WhatsApp number under Senders first.</Text>;
  const error = submit.error ?? unpause.error;
  const isSubmittable = review.examples.every(({ example }) => example.trim() !== '');
  return (
    <>
      {isNew && !isChanged && <ReviewExamples {...review} />}
      <Group align="flex-end">
        {isNew && options.length > 1 && (
          <Select
            label="In the account of"
            data={options}
            allowDeselect={false}
            value={senderId}
            onChange={setChosen}
          />
        )}
        <BusyButton
          variant={isNew ? 'filled' : 'default'}
          disabled={isChanged || !isSubmittable}
          busy={submit.isBusy}
          onClick={() => submit.act(Number(senderId))}
        >
          {isChanged ? 'Save it first' : isNew ? 'Submit to Meta' : 'Ask Meta how it stands'}
        </BusyButton>
        {status === 'PAUSED' && (
          <BusyButton variant="default" busy={unpause.isBusy} onClick={() => unpause.act()}>
            End the pause
          </BusyButton>
        )}
      </Group>
      {isChanged && !isNew && (
        <Alert color="blue" icon={<IconInfoCircle aria-hidden />}>
          {status === 'REJECTED' || status === 'PAUSED'
            ? 'Once saved, the mended text is submitted under the same name, and Meta looks at it anew.'
            : 'Once saved, the changed text is another version that Meta has to approve. Campaigns that were launched go on with this one.'}
        </Alert>
      )}
      {error && <Problem error={error} />}
    </>
  );
}
