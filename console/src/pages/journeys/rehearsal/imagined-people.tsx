import { Badge, Drawer, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  type ImaginedPassage,
  type ImaginedPerson,
  imaginedPeopleQuery,
  type WhoIsAsked,
} from '../../../api/journey-rehearsals.ts';
import { Loaded } from '../../../shell/problem.tsx';
import { TextLink } from '../../../shell/router-link.tsx';
import { counted, dollars, instant } from '../../../words/formats.ts';
import { leavingWords, notEnteringWords } from '../../../words/leaving.ts';
import { isSkipReason, skipReasonWords } from '../../../words/skip-reasons.ts';
import { useLookingForPeople } from '../../campaigns/looking-for-people.ts';
import { MorePeople } from '../../campaigns/more-people.tsx';
import { type JourneyDocument, type KindSchemas, waysOf } from '../document.ts';
import { StepText, StepWords } from '../passage-steps.tsx';

const atOnce = 10;

/** People behind a figure of a rehearsal, each with the way that is imagined for them. */
export function ImaginedPeople({
  journeyId,
  rehearsalId,
  document,
  kinds,
  who,
  onClose,
}: {
  journeyId: number;
  rehearsalId: number;
  document: JourneyDocument;
  kinds: KindSchemas;
  who: WhoIsAsked;
  onClose: () => void;
}) {
  const query = useInfiniteQuery(imaginedPeopleQuery(journeyId, rehearsalId, who));
  const looking = useLookingForPeople(query, atOnce);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(100%, 480px)" title={whoWords(who)}>
      <Loaded query={query}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.people);
          return (
            <Stack gap="lg">
              {people.length === 0 && (
                <Text role="status">{query.hasNextPage ? 'Nobody so far.' : 'Nobody.'}</Text>
              )}
              {people.map((person) => (
                <Person key={person.userRef} {...{ person, document, kinds }} />
              ))}
              {query.hasNextPage && <MorePeople {...looking} pages={pages} />}
            </Stack>
          );
        }}
      </Loaded>
    </Drawer>
  );
}

/** Who is looked at, as a title. */
function whoWords({ tile, way, reason }: WhoIsAsked): string {
  const at = tile === undefined ? '' : ` at ${tile}`;
  if (reason !== undefined)
    return isSkipReason(reason)
      ? `Who is skipped${at}: ${skipReasonWords(reason)}`
      : `Who ${reasonWords(reason)}${at}`;
  if (way !== undefined) return `Who goes on from ${tile} by “${way}”`;
  return tile === undefined ? 'Who enters' : `Who comes to ${tile}`;
}

const reasonWords = (reason: string): string => {
  if (reason === 'unfinished') return 'is followed no further';
  const left = leavingWords(reason);
  return left === reason ? `does not enter: ${notEnteringWords(reason)}` : `leaves: they ${left}`;
};

function Person({
  person: { userRef, email, userId, phoneNumber, passages, notEntered },
  document,
  kinds,
}: {
  person: ImaginedPerson;
  document: JourneyDocument;
  kinds: KindSchemas;
}) {
  return (
    <section className="imagined-person" aria-label={email ?? userId ?? phoneNumber ?? 'A person'}>
      <Title order={3} mb={6} className="anywhere">
        <TextLink to="/users/$ref" params={{ ref: userRef }}>
          {email || userId || phoneNumber || 'a user without address'}
        </TextLink>
      </Title>
      <Stack gap="md">
        {passages.map((passage) => (
          <Passage key={`${passage.enteredAt} ${passage.key}`} {...{ passage, document, kinds }} />
        ))}
        {notEntered.map(({ at, key, reason }) => (
          <Text key={`${at} ${key} ${reason}`} size="sm">
            <b>{instant(at)}</b>: does not enter, {notEnteringWords(reason)}.
          </Text>
        ))}
      </Stack>
    </section>
  );
}

function Passage({
  passage: { key, enteredAt, isHeldOut, steps, leftAt, reason, detail, tile, messages, stuck, leftOut },
  document,
  kinds,
}: {
  passage: ImaginedPassage;
  document: JourneyDocument;
  kinds: KindSchemas;
}) {
  return (
    <div>
      {isHeldOut && (
        <Badge color="grape" mb={6}>
          Held out: gets no message
        </Badge>
      )}
      <ol className="steps">
        <li>
          <StepText at={enteredAt}>Enters{key === '' ? '' : `, with ${key}`}.</StepText>
        </li>
        {steps.map((step, index) => {
          const message = messages.find((each) => each.tile === step.tile && step.way !== null);
          const to = targetOf(document, kinds, step.tile, step.way);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are never moved
            <li key={index}>
              <StepText at={step.at}>
                <StepWords
                  step={{
                    ...{ tile: step.tile, way: step.way, seen: message ? undefined : step.seen },
                    ...(step.left !== null && { left: step.left }),
                    ...(to !== undefined && { to }),
                  }}
                  document={document}
                  kinds={kinds}
                />
                {message && <MessageWords message={message} />}
              </StepText>
            </li>
          );
        })}
        <li>
          <Text size="sm">
            {leftOut > 0 && `${counted(leftOut, 'more step or message', 'more steps and messages')}. `}
            {leftAt === null
              ? `Is at ${tile}${stuckWords(stuck)}.`
              : `They ${leavingWords(reason ?? '')}${detail === null ? '' : ` (${detail})`}, ${instant(leftAt)}.`}
          </Text>
        </li>
      </ol>
    </div>
  );
}

/** Why somebody is where they are in the end. */
const stuckWords = (stuck: string | null): string => {
  if (stuck === null) return ' when the time ends';
  if (stuck === 'unfinished') return ', and is followed no further: there is too much of it';
  return stuck === 'notForeseen' ? ', and what it does is not foreseen' : `: ${stuck}`;
};

/** Where a way leads. */
const targetOf = (document: JourneyDocument, kinds: KindSchemas, tile: string, way: string | null) =>
  way === null
    ? undefined
    : (waysOf(tile, document.tiles[tile] ?? {}, kinds).find(({ name }) => name === way)?.to ??
      waysOf(tile, document.tiles[tile] ?? {}, kinds).find(({ name }) => name === 'next')?.to);

function MessageWords({ message }: { message: ImaginedPassage['messages'][number] }) {
  const { skip, detail, address, at, segments, price } = message;
  if (skip !== null)
    return (
      <Text size="sm" component="div">
        <Badge color="orange" size="sm">
          Skipped
        </Badge>{' '}
        {skipReasonWords(skip)}
        {detail && `: ${detail}`}
      </Text>
    );
  return (
    <Text size="sm" component="div" className="anywhere">
      <Badge color="green" size="sm">
        Sent
      </Badge>{' '}
      to {address ?? 'them'}, {instant(at)}; {counted(segments, 'segment')}, {dollars(price)}
    </Text>
  );
}
