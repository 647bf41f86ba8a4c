import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Flow } from '../../api/flows.ts';
import { Phone } from '../templates/phone-bubbles.tsx';
import { FlowPart } from './flow-part.tsx';
import {
  examplesOf,
  type Filled,
  filledIn,
  type Json,
  lackingIn,
  objectAt,
  objectsAt,
  partsOf,
  textAt,
} from './flow-screens.ts';

type Place = { screen: string } | { answer: Json };

/** A flow as a phone shows it, screen by screen, with what it would answer in the end. What a screen is given while it is filled in are its examples here. */
export function FlowPhone({ json, exchange }: { json: Json; exchange: Flow['exchange'] }) {
  const screens = objectsAt(json, 'screens');
  const first = exchange?.start ?? textAt(screens[0] ?? {}, 'id');
  const [place, setPlace] = useState<Place>({ screen: first });
  const [before, setBefore] = useState<string[]>([]);
  const [filled, setFilled] = useState<Record<string, Filled>>({});
  const [lacking, setLacking] = useState<string[]>([]);
  const again = () => {
    setPlace({ screen: first });
    setBefore([]);
    setFilled({});
    setLacking([]);
  };
  if ('answer' in place)
    return (
      <Stack>
        <Alert color="green" title="The form is filled in">
          This is what comes back:
          <Code block mt="xs">
            {JSON.stringify(place.answer, null, 2)}
          </Code>
        </Alert>
        <Group>
          <Button variant="default" onClick={again}>
            Start over
          </Button>
        </Group>
      </Stack>
    );
  const { screen: id } = place;
  const screen = screens.find((each) => textAt(each, 'id') === id);
  if (!screen) return <Text c="dimmed">There is no screen {id || 'yet'}.</Text>;
  const own: Filled = {
    form: filled[id]?.form ?? {},
    data: { ...examplesOf(screen), ...filled[id]?.data },
  };
  const all = { ...filled, [id]: own };
  const parts = partsOf(screen);
  const answer = (name: string, value: unknown) =>
    setFilled({ ...all, [id]: { ...own, form: { ...own.form, [name]: value } } });
  const go = (next: string, data: Json) => {
    setFilled({ ...all, [next]: { form: all[next]?.form ?? {}, data } });
    setBefore([...before, id]);
    setPlace({ screen: next });
  };
  const act = (action: Json) => {
    const missing = lackingIn(parts, own.form);
    setLacking(missing);
    if (missing.length > 0) return;
    const payload = filledIn(objectAt(action, 'payload'), id, all) as Json;
    const name = textAt(action, 'name');
    if (name === 'navigate') go(textAt(objectAt(action, 'next'), 'name'), payload);
    else if (name === 'complete') setPlace({ answer: payload });
    else if (name === 'data_exchange') {
      const ways = objectAt(json, 'routing_model')[id];
      const next = exchange?.screens[id]?.next ?? (Array.isArray(ways) ? String(ways[0] ?? '') : '');
      if (next === '' || next === 'SUCCESS') setPlace({ answer: payload });
      else go(next, {});
    }
  };
  return (
    <Stack>
      <Phone className="whatsapp">
        <Stack gap="sm" className="flow-screen">
          <Text fw={700} size="lg" dir="auto">
            {textAt(screen, 'title') || id}
          </Text>
          {parts.map((part, index) => (
            <FlowPart
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place and nothing else
              key={`${id} ${index}`}
              part={filledIn({ ...part, 'on-click-action': undefined }, id, all) as Json}
              value={own.form[textAt(part, 'name')]}
              onAnswer={(value) => answer(textAt(part, 'name'), value)}
              onAct={() => act(objectAt(part, 'on-click-action'))}
            />
          ))}
          {lacking.length > 0 && (
            <Text size="sm" fw={600} role="alert">
              Needed: {lacking.join(', ')}
            </Text>
          )}
        </Stack>
      </Phone>
      <Group justify="space-between">
        <Button
          variant="default"
          size="xs"
          disabled={before.length === 0}
          onClick={() => {
            setPlace({ screen: before.at(-1) ?? first });
            setBefore(before.slice(0, -1));
            setLacking([]);
          }}
        >
          Back
        </Button>
        <Text size="sm" c="dimmed">
          Screen <Code>{id}</Code>
        </Text>
      </Group>
    </Stack>
  );
}
