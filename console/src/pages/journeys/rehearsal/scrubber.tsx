import { ActionIcon, Group, Slider, Text } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { axisWidth, rightMargin } from './axis.ts';
import { momentWords } from './rehearsal-words.ts';
import { instantOf, type Timeline } from './timeline.ts';

/** All of it goes by in about so long, in ms, in no more steps a second than one sees. */
const playMs = 14_000;
const shortestMs = 60;

/** Goes through the virtual time: a slider whose value is told in words, and a button that plays it. */
export function Scrubber({
  timeline,
  step,
  words,
  onStep,
}: {
  timeline: Timeline;
  step: number;
  /** What is so at a step, in words: "12 messages due, 86 people inside". */
  words: (step: number) => string;
  onStep: (step: number) => void;
}) {
  const [isPlaying, setPlaying] = useState(false);
  const isStill = useReducedMotion();
  const last = timeline.steps - 1;
  useEffect(() => {
    if (!isPlaying) return;
    if (step >= last) return setPlaying(false);
    const each = Math.max(shortestMs, playMs / timeline.steps);
    // Who wants no motion sees single moments and no film.
    const jump = isStill ? Math.ceil(timeline.steps / 12) : 1;
    const timer = setTimeout(() => onStep(Math.min(last, step + jump)), isStill ? 1_200 : each);
    return () => clearTimeout(timer);
  }, [isPlaying, step, last, timeline.steps, isStill, onStep]);
  return (
    <div>
      <Group gap="sm" wrap="nowrap" align="center">
        <ActionIcon
          variant="filled"
          radius="xl"
          size={36}
          aria-label={isPlaying ? 'Hold' : 'Play it'}
          onClick={() => {
            if (!isPlaying && step >= last) onStep(0);
            setPlaying(!isPlaying);
          }}
        >
          {isPlaying ? (
            <IconPlayerPauseFilled size={18} aria-hidden />
          ) : (
            <IconPlayerPlayFilled size={18} aria-hidden />
          )}
        </ActionIcon>
        <Slider
          flex={1}
          ml={axisWidth - 48}
          mr={rightMargin}
          min={0}
          max={Math.max(1, last)}
          value={step}
          onChange={(next) => onStep(Math.min(last, next))}
          label={null}
          size="md"
          thumbSize={20}
          thumbLabel="Moment of the rehearsal"
          thumbValueText={(at) => `${momentWords(instantOf(timeline, at))}: ${words(at)}`}
        />
      </Group>
      <Text size="sm" mt={8} role="status" aria-live="off">
        <b>{momentWords(instantOf(timeline, step))}</b> · {words(step)}
      </Text>
    </div>
  );
}
