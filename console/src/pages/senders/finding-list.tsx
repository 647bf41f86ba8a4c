import { Badge, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Finding } from '../../api/provider-accounts.ts';

const states: Readonly<Record<Finding['state'], { label: string; colour: string }>> = {
  ok: { label: 'Fine', colour: 'green' },
  notice: { label: 'Note', colour: 'yellow' },
  fault: { label: 'Fault', colour: 'red' },
};

/** What was found with a provider, each with what to do about it; `action` is what is offered beside one. */
export function FindingList({
  findings,
  label,
  action,
}: {
  findings: readonly Finding[];
  label: string;
  action?: (finding: Finding) => ReactNode;
}) {
  return (
    <List listStyleType="none" spacing="sm" aria-label={label} m={0} p={0}>
      {findings.map((finding) => (
        <List.Item key={`${finding.about} ${finding.found}`}>
          <Group gap="xs" align="flex-start" wrap="nowrap">
            <Badge color={states[finding.state].colour} miw={64} style={{ flexShrink: 0 }}>
              {states[finding.state].label}
            </Badge>
            <div>
              <Text size="sm" className="anywhere">
                <strong>{finding.about}:</strong> {finding.found}.
              </Text>
              {finding.remedy && (
                <Text size="sm" c="dimmed" className="anywhere">
                  {finding.remedy}
                </Text>
              )}
              {action?.(finding)}
            </div>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
