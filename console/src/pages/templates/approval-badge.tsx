import { Badge } from '@mantine/core';

const words: Record<string, { label: string; colour: string }> = {
  APPROVED: { label: 'Approved', colour: 'green' },
  PENDING: { label: 'Being reviewed', colour: 'blue' },
  IN_APPEAL: { label: 'In appeal', colour: 'blue' },
  REJECTED: { label: 'Rejected', colour: 'red' },
  PAUSED: { label: 'Paused by Meta', colour: 'orange' },
  DISABLED: { label: 'Disabled by Meta', colour: 'red' },
  ARCHIVED: { label: 'Put away by Meta', colour: 'orange' },
  LOCKED: { label: 'Locked by Meta', colour: 'red' },
  DELETED: { label: 'Deleted at Meta', colour: 'gray' },
};

const standing = (status: string | null) =>
  status === null
    ? { label: 'Not submitted', colour: 'gray' }
    : (words[status] ?? { label: status, colour: 'gray' });

/** What Meta thinks of a text, in a word or two. */
export const approvalWords = (status: string | null): string => standing(status).label;

/** What Meta thinks of a WhatsApp template. */
export function ApprovalBadge({ status }: { status: string | null }) {
  const { label, colour } = standing(status);
  return <Badge color={colour}>{label}</Badge>;
}
