import { Combobox, Text, Textarea, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { cannedQuery } from '../../api/inbox.ts';
import { useAction } from '../../shell/use-action.ts';
import { onSendKey } from './send-key.ts';

/** Of what is typed, the code of a canned reply that is being named: all of it, or what stands behind a blank. */
const named = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u;

/** Where an answer is written; a slash offers the canned replies, filled in for the person. */
export function AnswerArea({
  area,
  value,
  onChange,
  onBlur,
  onSend,
  onCanned,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  onSend: () => void;
  onCanned: (code: string) => Promise<{ filled: string; missing: string[] }>;
}) {
  const { data: canned = [] } = useQuery(cannedQuery);
  const [missing, setMissing] = useState<string[]>([]);
  const box = useCombobox();
  const asked = named.exec(value)?.[1]?.toLowerCase();
  const found = asked === undefined ? [] : canned.filter(({ code }) => code.toLowerCase().startsWith(asked));
  const isOpen = found.length > 0 && box.dropdownOpened;
  const first = found[0]?.code;
  // Once it is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is another object each time
  useEffect(() => {
    if (isOpen && first !== undefined) box.selectFirstOption();
  }, [isOpen, first]);
  const take = useAction(async (code: string) => ({ ...(await onCanned(code)), before: value }), {
    after: ({ filled, missing: empty, before }) => {
      onChange(before.replace(named, (typed) => `${typed.startsWith('/') ? '' : typed.charAt(0)}${filled}`));
      setMissing(empty);
      area.current?.focus();
    },
  });
  return (
    <Combobox
      store={box}
      position="top-start"
      onOptionSubmit={(code) => {
        box.closeDropdown();
        take.act(code);
      }}
    >
      {/* The arrows go through the lines of the text while nothing is offered. */}
      <Combobox.Target withKeyboardNavigation={isOpen}>
        <Textarea
          ref={area}
          aria-label="Your answer"
          placeholder="Write an answer; / calls a canned one"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4_096}
          value={value}
          error={missing.length > 0 ? `Empty in this profile: ${missing.join(', ')}` : undefined}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
            setMissing([]);
            if (named.test(currentTarget.value)) {
              box.openDropdown();
            } else box.closeDropdown();
          }}
          onBlur={() => {
            box.closeDropdown();
            onBlur();
          }}
          onKeyDown={(event) => onSendKey(event, onSend)}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label="Canned replies">
          {found.slice(0, 8).map(({ code, body }) => (
            <Combobox.Option key={code} value={code}>
              <Text size="sm" fw={600}>
                /{code}
              </Text>
              <Text size="xs" lineClamp={2}>
                {body}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
