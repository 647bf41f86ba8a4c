import { Card, Group, Stack, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Sender } from '../../../api/senders.ts';
import {
  askForBadge,
  type WhatsAppNumber as MetaNumber,
  whatsAppNumberQuery,
} from '../../../api/whatsapp-numbers.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { FigureCards } from '../../../shell/figure-cards.tsx';
import { Loaded } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { badgeWords, limitWords, nameStatusWords, qualityWords } from '../../../words/whatsapp-words.ts';
import { FindingList } from '../finding-list.tsx';
import { ConversationCard } from './conversation-card.tsx';
import type { NumberCard } from './number-card.ts';
import { ProfileCard } from './profile-card.tsx';
import { RegistrationCard } from './registration-card.tsx';

/** A WhatsApp number as Meta has it: how it stands, registration, profile, and what people see before they write. */
export function WhatsAppNumber({ sender }: { sender: Sender }) {
  const number = useQuery(whatsAppNumberQuery(sender.id));
  const queries = useQueryClient();
  // Every change answers the number as it is then.
  const keep = (changed: MetaNumber) =>
    queries.setQueryData(whatsAppNumberQuery(sender.id).queryKey, changed);
  return (
    <Loaded query={number}>
      {(data) => (
        <>
          <StandingCard sender={sender} number={data} onChanged={keep} />
          <RegistrationCard sender={sender} number={data} onChanged={keep} />
          <ProfileCard sender={sender} number={data} onChanged={keep} />
          <ConversationCard sender={sender} number={data} onChanged={keep} />
        </>
      )}
    </Loaded>
  );
}

function StandingCard({ sender, number, onChanged }: NumberCard) {
  const { displayName, nameStatus, quality, limit, isOfficial, badge, findings } = number;
  return (
    <Card component="section" aria-labelledby="standing">
      <Title order={2} id="standing" mb="sm">
        How it stands with Meta
      </Title>
      <Stack>
        <FigureCards
          cols={{ base: 1, xs: 2, md: 4 }}
          figures={[
            { label: 'Display name', value: displayName, note: nameStatusWords(nameStatus) },
            { label: 'Quality', value: qualityWords(quality), note: 'how often people block or report it' },
            { label: 'Limit', value: limitWords(limit), note: 'who have not written themselves' },
            {
              label: 'Official badge',
              value: isOfficial ? 'Yes' : 'No',
              note: badge === null ? 'Meta does not tell' : badgeWords(badge),
            },
          ]}
        />
        <FindingList label="What Meta says of it" findings={findings} />
        <Badge sender={sender} number={number} onChanged={onChanged} />
      </Stack>
    </Card>
  );
}

const actions = {
  NOT_STARTED: { action: 'submit', label: 'Apply for the badge' },
  CANCELLED: { action: 'submit', label: 'Apply for the badge' },
  PENDING: { action: 'withdraw', label: 'Withdraw the application for the badge' },
  REJECTED: { action: 'resubmit', label: 'Apply for the badge again' },
} as const;

/** Meta wants 30 days on the platform, a verified business, a PIN, an approved name and a brand that people know. */
function Badge({ sender, number: { badge, isOfficial }, onChanged }: NumberCard) {
  const offered =
    badge !== null && !isOfficial && badge in actions ? actions[badge as keyof typeof actions] : null;
  const ask = useAction(() => askForBadge(sender.id, offered?.action ?? 'submit'), {
    done: 'Meta has been told',
    after: onChanged,
  });
  if (!offered) return null;
  return (
    <Group>
      <BusyButton size="xs" variant="default" busy={ask.isBusy} onClick={() => ask.act()}>
        {offered.label}
      </BusyButton>
    </Group>
  );
}
