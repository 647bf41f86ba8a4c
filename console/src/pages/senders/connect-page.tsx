import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type Project, projectQuery } from '../../api/project.ts';
import { type Finding, type FoundNumber, type Wire, wiresQuery } from '../../api/provider-accounts.ts';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { BrandStep } from './connect/brand-step.tsx';
import { type Connecting, newConnecting } from './connect/connecting.ts';
import { KeepStep } from './connect/keep-step.tsx';
import { ProviderStep } from './connect/provider-step.tsx';
import { ValuesStep } from './connect/values-step.tsx';
import { FindingList } from './finding-list.tsx';

/** Connects an account with a provider step by step; nothing of it is kept before the last one. */
export function ConnectPage() {
  const project = useQuery(projectQuery);
  const wires = useQuery(wiresQuery);
  return (
    <Page
      title="Connect an account"
      about="Step by step, each looked at with your provider. Nothing is kept before the last step, and a secret is never shown again."
    >
      <Loaded query={project}>
        {(data) => <Loaded query={wires}>{(known) => <Steps project={data} wires={known} />}</Loaded>}
      </Loaded>
    </Page>
  );
}

function Steps({ project, wires }: { project: Project; wires: readonly Wire[] }) {
  const navigate = useNavigate();
  // 0 is the brand, 1 the provider; the wire's own follow, and the senders are the last.
  const [place, setPlace] = useState(0);
  const [connecting, setConnecting] = useState<Connecting | null>(null);
  const [foundAt, setFoundAt] = useState<Readonly<Record<string, Finding[]>>>({});
  const [numbers, setNumbers] = useState<FoundNumber[] | null>(null);
  const isKept = useRef(false);
  const steps = connecting?.wire.steps ?? [];
  const step = steps[place - 2];
  const titles = ['Your brand', 'Your provider', ...steps.map(({ title }) => title), 'What you send from'];
  const title = titles[place] ?? '';
  // Of each step what it found the last time that it was looked at.
  const found = steps.flatMap(({ name }) => foundAt[name] ?? []);
  const back = () => setPlace(place - 1);
  return (
    <>
      <LeaveQuestion what="account" isAsked={() => connecting !== null && place > 1 && !isKept.current} />
      <Card component="section" aria-labelledby="step">
        <StepTitle title={title} words={`Step ${place + 1}${connecting ? ` of ${titles.length}` : ''}`} />
        {place === 0 && <BrandStep project={project} onDone={() => setPlace(1)} />}
        {place === 1 && (
          <ProviderStep
            wires={wires}
            chosen={connecting?.wire.name ?? null}
            onBack={back}
            onDone={(wire) => {
              if (wire.name !== connecting?.wire.name) setConnecting(newConnecting(wire));
              setFoundAt({});
              setPlace(2);
            }}
          />
        )}
        {connecting && step && (
          <ValuesStep
            key={step.name}
            step={step}
            connecting={connecting}
            onChange={setConnecting}
            onBack={back}
            onDone={(findings, its) => {
              setFoundAt((before) => ({ ...before, [step.name]: findings }));
              setNumbers(its);
              setPlace(place + 1);
            }}
          />
        )}
        {connecting && place === steps.length + 2 && (
          <KeepStep
            connecting={connecting}
            numbers={numbers}
            project={project}
            onBack={back}
            onKept={(account) => {
              isKept.current = true;
              void navigate({ to: '/senders/accounts/$id', params: { id: String(account.id) } });
            }}
          />
        )}
      </Card>
      {found.length > 0 && place > 2 && (
        <Card component="section" aria-labelledby="found">
          <Title order={2} id="found" mb="sm">
            Found so far
          </Title>
          <FindingList label="Found so far" findings={found} />
        </Card>
      )}
    </>
  );
}

/** A step's title, which takes the focus when the step begins. */
function StepTitle({ title, words }: { title: string; words: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && title !== '') heading.current?.focus();
    isFirst.current = false;
  }, [title]);
  return (
    <Stack gap={0} mb="md">
      <Text size="sm" c="dimmed">
        {words}
      </Text>
      <Title order={2} id="step" ref={heading} tabIndex={-1}>
        {title}
      </Title>
    </Stack>
  );
}
