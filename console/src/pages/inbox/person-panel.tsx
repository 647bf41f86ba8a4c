import { Badge, Group, Stack, TagsInput, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { channelsQuery } from '../../api/channels.ts';
import { standingQuery } from '../../api/consent.ts';
import { countsQuery, inboxKey, setTags, type Thread } from '../../api/inbox.ts';
import { passagesQuery } from '../../api/journeys.ts';
import { listsOfQuery, nameOf, type UserCard } from '../../api/users.ts';
import { HandsetLink } from '../../shell/handset-link.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { standingWords } from '../../words/consent-words.ts';
import { fieldText, instant } from '../../words/formats.ts';
import { leavingWords } from '../../words/leaving.ts';
import { clockAt, placeWords } from '../../words/place-words.ts';

const fieldsShown = 12;
const journeysShown = 5;

/** Who the person of a thread is, what they agreed to, and on which lists they are. */
export function PersonPanel({ user, thread }: { user: UserCard; thread: Thread }) {
  const id = useId();
  const standing = useQuery(standingQuery(user));
  const channels = useQuery(channelsQuery);
  const lists = useQuery(listsOfQuery(user.ref));
  const journeys = useQuery(passagesQuery(user.ref));
  const { data: counts } = useQuery(countsQuery);
  const tag = useAction((tags: string[]) => setTags(thread.id, tags), { refresh: [inboxKey] });
  const fields = Object.entries(user.dataFields).slice(0, fieldsShown);
  const place = user.places[0];
  return (
    <Stack p="md" gap="lg">
      <div>
        <Title order={2} size="h3">
          <TextLink to="/users/$ref" params={{ ref: user.ref }}>
            <bdi>{nameOf(user)}</bdi>
          </TextLink>
        </Title>
        <Stack gap={2} mt={6}>
          {[
            user.phoneNumber,
            user.email,
            user.userId && `user id ${user.userId}`,
            user.whatsAppUserId && `WhatsApp ${user.whatsAppUserId}`,
          ]
            .filter(Boolean)
            .map((each) => (
              <Text key={each} size="sm" className="anywhere">
                {each}
              </Text>
            ))}
          {user.phoneNumber && <HandsetLink number={user.phoneNumber} />}
          {place !== undefined && (
            <Text size="sm" c="dimmed">
              {placeWords(place)}
              {clockAt(place, new Date()) && `, now ${clockAt(place, new Date())}`}
            </Text>
          )}
        </Stack>
      </div>
      <TagsInput
        label="Tags of this thread"
        data={counts?.tags ?? []}
        value={thread.tags}
        maxTags={20}
        onChange={(tags) => tag.act(tags)}
        disabled={tag.isBusy}
      />
      <section aria-labelledby={`${id}-consent`}>
        <Title order={3} id={`${id}-consent`} mb={6}>
          Consent
        </Title>
        <Loaded query={channels}>
          {(all) => (
            <Loaded query={standing}>
              {(stands) => (
                <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                  {all.map((channel) => {
                    const stand = stands.find(
                      ({ kind, targetId }) => kind === 'channel' && targetId === channel.id,
                    );
                    const { label, colour } = standingWords(stand?.status ?? 'none');
                    return (
                      <Group key={channel.id} component="li" justify="space-between" wrap="nowrap" gap="xs">
                        <Text size="sm">{channel.name}</Text>
                        <Badge size="sm" color={colour}>
                          {label}
                        </Badge>
                      </Group>
                    );
                  })}
                </Stack>
              )}
            </Loaded>
          )}
        </Loaded>
      </section>
      <section aria-labelledby={`${id}-journeys`}>
        <Title order={3} id={`${id}-journeys`} mb={6}>
          Journeys
        </Title>
        <Loaded query={journeys}>
          {(passages) =>
            passages.length === 0 ? (
              <Text size="sm" c="dimmed">
                In none so far.
              </Text>
            ) : (
              <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                {passages
                  .slice(0, journeysShown)
                  .map(({ journeyId, name, tile, enteredAt, leftAt, reason }) => (
                    <li key={`${journeyId} ${enteredAt} ${leftAt}`}>
                      <TextLink to="/journeys/$id" params={{ id: String(journeyId) }} size="sm">
                        {name}
                      </TextLink>
                      <Text size="xs" c="dimmed">
                        {leftAt === null
                          ? `At ${tile}, since ${instant(enteredAt)} inside`
                          : `They ${leavingWords(reason ?? '')}, ${instant(leftAt)}`}
                      </Text>
                    </li>
                  ))}
              </Stack>
            )
          }
        </Loaded>
      </section>
      <section aria-labelledby={`${id}-lists`}>
        <Title order={3} id={`${id}-lists`} mb={6}>
          Lists
        </Title>
        <Loaded query={lists}>
          {(on) =>
            on.length === 0 ? (
              <Text size="sm" c="dimmed">
                On no list.
              </Text>
            ) : (
              <Stack gap={2}>
                {on.map((list) => (
                  <TextLink key={list.id} to="/lists/$id" params={{ id: String(list.id) }} size="sm">
                    {list.name}
                  </TextLink>
                ))}
              </Stack>
            )
          }
        </Loaded>
      </section>
      <section aria-labelledby={`${id}-profile`}>
        <Title order={3} id={`${id}-profile`} mb={6}>
          Profile
        </Title>
        <Stack gap={6} component="dl" m={0}>
          {fields.map(([name, value]) => (
            <div key={name}>
              <Text size="xs" c="dimmed" component="dt">
                {name}
              </Text>
              <Text size="sm" component="dd" m={0} className="anywhere">
                {fieldText(value)}
              </Text>
            </div>
          ))}
          <div>
            <Text size="xs" c="dimmed" component="dt">
              Signed up
            </Text>
            <Text size="sm" component="dd" m={0}>
              {instant(user.signedUpAt)}
            </Text>
          </div>
        </Stack>
      </section>
    </Stack>
  );
}
