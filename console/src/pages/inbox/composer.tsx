import {
  Alert,
  Button,
  Group,
  Menu,
  Modal,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  type Ability,
  type Agent,
  cannedQuery,
  fillCanned,
  inboxKey,
  type Reply,
  sendReply,
  type Thread,
  threadKey,
  writeNote,
} from '../../api/inbox.ts';
import { type KeptFile, keepFile } from '../../api/kept-files.ts';
import { RequestError } from '../../api/request.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';
import { agentName, cannotWords, channelWords, leftWords } from '../../words/inbox-words.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { AnswerArea } from './answer-area.tsx';
import { AttachButton, AttachedFile, faultOfFile } from './attach-file.tsx';
import { useNow } from './presence.ts';
import { onSendKey } from './send-key.ts';
import { SendLaterForm } from './send-later-form.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { useDraft } from './use-draft.ts';
import { useKeys } from './use-keys.ts';

type Mode = 'reply' | 'note';

/** Where one answers or writes a note. What is begun is kept on the server; who answers has seen what the others answered. */
export function Composer({
  thread,
  can,
  draft,
  noteDraft,
  agents,
  me,
  ahead,
  onWriting,
}: {
  thread: Thread;
  can: readonly Ability[];
  draft: string;
  noteDraft: string;
  agents: readonly Agent[];
  me: string;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  ahead: number;
  onWriting: (isWriting: boolean) => void;
}) {
  const { id, lastReplyId, lastReplyBy } = thread;
  const queries = useQueryClient();
  const [mode, setMode] = useState<Mode>('reply');
  const text = useDraft(id, 'answer', draft);
  const note = useDraft(id, 'note', noteDraft);
  const [mentions, setMentions] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [byTemplate, setByTemplate] = useState(false);
  const [file, setFile] = useState<KeptFile | null>(null);
  /** What is wrong with a file that was chosen, and is not kept for that. */
  const [fileFault, setFileFault] = useState<string | null>(null);
  const [laterOpened, later] = useDisclosure();
  /** The newest answer that this agent has seen; what comes while they write they say that they have read. */
  const [seen, setSeen] = useState(lastReplyId);
  const area = useRef<HTMLTextAreaElement>(null);
  /** What was seen as the last answer was tried: a refusal of it says nothing of the next. */
  const triedWith = useRef<string | null>(null);
  const now = useNow(20_000) + ahead;
  const isNote = mode === 'note';
  const isBegun = text.value.trim() !== '' || templateId !== null || file !== null;
  const isNews = lastReplyId !== seen;
  if (isNews && (!isBegun || lastReplyBy === me)) setSeen(lastReplyId);
  const ability = can.find((each) => keyOf(each) === chosen) ?? can[0];
  const refusal =
    ability?.until && new Date(ability.until).getTime() <= now ? 'windowClosed' : ability?.refusal;
  const usesTemplate = byTemplate || refusal === 'windowClosed' || ability === undefined;
  const isRefused = refusal !== undefined && refusal !== null && !usesTemplate;

  const files = ability?.files ?? [];
  const attach = useAction(keepFile, { after: setFile, inPlace: true });
  const choose = (chosenFile: File) => {
    const fault = faultOfFile(files, chosenFile);
    setFileFault(fault);
    setFile(null);
    if (fault === null) attach.act(chosenFile);
  };
  /** The channel may be another by now than the file was chosen for. */
  const attachedFault = file && faultOfFile(files, { type: file.contentType, size: file.bytes });

  const focus = (into: Mode) => {
    setMode(into);
    setTimeout(() => area.current?.focus());
  };
  useKeys({ r: () => focus('reply'), n: () => focus('note') });

  const send = useAction(
    async (more: Partial<Reply>) => {
      const reply = replyOf();
      const answer = await sendReply(id, { ...reply, seenMessageId: seen, ...more });
      return { ...answer, wasWords: !('templateId' in reply) };
    },
    {
      // What is sent at once is seen in the thread.
      done: (answer) => (answer.scheduledId === null ? null : 'It will be sent then'),
      after: ({ thread: { lastReplyId: newest }, wasWords }) => {
        // What was begun in words still stands where a template went.
        if (wasWords) {
          text.sent();
          setFile(null);
        }
        setTemplateId(null);
        setFields({});
        setByTemplate(false);
        setSeen(newest);
        onWriting(false);
        area.current?.focus();
      },
      refresh: [inboxKey],
      inPlace: true,
    },
  );
  const keep = useAction(() => writeNote(id, { body: note.value, mentions }), {
    done: 'Noted',
    after: () => {
      note.sent();
      setMentions([]);
    },
    refresh: [threadKey(id)],
  });

  function replyOf(): Omit<Reply, 'seenMessageId'> {
    const on = ability && { channel: ability.medium, senderId: ability.senderId };
    if (usesTemplate) return { templateId: Number(templateId), dataFields: fields };
    return {
      ...(text.value.trim() !== '' && { text: text.value }),
      ...(file && { mediaId: file.id }),
      ...on,
    };
  }

  const others = thread.assignee !== null && thread.assignee !== me;
  const isReady = isNote
    ? note.value.trim() !== ''
    : usesTemplate
      ? templateId !== null
      : (text.value.trim() !== '' || file !== null) && attachedFault === null && !isRefused && !attach.isBusy;
  const submit = (more: Partial<Reply> = {}) => {
    if (!isReady || (isNews && !isNote)) return;
    if (isNote) return keep.act();
    triedWith.current = seen;
    send.act(more);
  };
  const conflict = send.error instanceof RequestError && send.error.status === 409 ? send.error : null;
  if (thread.state === 'spam')
    return (
      <Text className="composer" c="dimmed">
        This is marked as spam. Reopen it to answer.
      </Text>
    );
  return (
    <Stack className="composer" gap="xs" {...(isNote && { 'data-note': true })}>
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={(value) => setMode(value === 'note' ? 'note' : 'reply')}
          data={[
            { value: 'reply', label: 'Answer' },
            { value: 'note', label: 'Note' },
          ]}
          aria-label="What to write"
        />
        {!isNote && can.length > 0 && (
          <Select
            size="xs"
            aria-label="Channel"
            allowDeselect={false}
            data={can.map((each) => ({
              value: keyOf(each),
              label: each.refusal === null ? channelWords(each) : `${channelWords(each)} (not now)`,
            }))}
            value={ability ? keyOf(ability) : null}
            onChange={setChosen}
          />
        )}
      </Group>
      {!isNote && others && (
        <Text size="sm" c="dimmed">
          This thread is {agentName(agents, thread.assignee)}’s.
        </Text>
      )}
      {!isNote && isNews && (
        <Alert color="orange" role="alert" title={`${agentName(agents, lastReplyBy)} has answered meanwhile`}>
          <Group gap="sm">
            Read it before you send yours.
            <Button size="compact-sm" variant="default" onClick={() => setSeen(lastReplyId)}>
              I have read it
            </Button>
          </Group>
        </Alert>
      )}
      {!isNote && send.error && !(conflict && (isNews || triedWith.current !== seen)) && (
        <Alert color="red" role="alert" title="It was not sent">
          {refusalWords(send.error)}
        </Alert>
      )}
      {isNote ? (
        <>
          <Textarea
            ref={area}
            aria-label="Note for the others"
            placeholder="Only your colleagues read this"
            autosize
            minRows={2}
            maxRows={10}
            value={note.value}
            onChange={({ currentTarget }) => note.set(currentTarget.value)}
            onKeyDown={(event) => onSendKey(event, () => submit())}
          />
          <MultiSelect
            size="xs"
            aria-label="For whom"
            placeholder={mentions.length === 0 ? 'For somebody in particular' : ''}
            data={agents.map(({ email, name }) => ({ value: email, label: name }))}
            value={mentions}
            onChange={setMentions}
          />
        </>
      ) : usesTemplate ? (
        <TemplateChoice
          value={templateId}
          onChange={(chosenId) => {
            setTemplateId(chosenId);
            setFields({});
          }}
          fields={fields}
          onFields={setFields}
          profile={thread.user?.dataFields ?? {}}
          medium={ability?.medium ?? null}
          why={
            refusal === 'windowClosed'
              ? `${thread.user ? 'This person' : 'Whoever this is'} ${cannotWords('windowClosed')}.`
              : null
          }
        />
      ) : isRefused ? (
        <Alert color="orange" title="No words of your own just now">
          This person {cannotWords(refusal)}.
        </Alert>
      ) : (
        <AnswerArea
          area={area}
          value={text.value}
          onChange={(value) => {
            text.set(value);
            onWriting(value.trim() !== '');
          }}
          onBlur={() => onWriting(false)}
          onSend={() => submit()}
          onCanned={async (code) => {
            const { text: filled, missing } = await fillCanned(id, code);
            void queries.invalidateQueries({ queryKey: cannedQuery.queryKey });
            return { filled, missing };
          }}
        />
      )}
      {!isNote && !usesTemplate && !isRefused && (
        <AttachedFile
          file={file}
          fault={fileFault ?? attachedFault}
          error={attach.error}
          onDrop={() => setFile(null)}
        />
      )}
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed">
          {!isNote && !usesTemplate && ability?.until && refusal === null && (
            <span title={instant(ability.until)}>
              Can be answered for {leftWords(ability.until, now)} more
            </span>
          )}
        </Text>
        <Group gap="xs">
          {!isNote && !usesTemplate && !isRefused && files.length > 0 && (
            <AttachButton taken={files} isBusy={attach.isBusy} onChoose={choose} />
          )}
          {!isNote && refusal !== 'windowClosed' && ability !== undefined && (
            <Button size="sm" variant="subtle" onClick={() => setByTemplate(!byTemplate)}>
              {byTemplate ? 'Own words' : 'Template'}
            </Button>
          )}
          {isNote ? (
            <BusyButton size="sm" busy={keep.isBusy} disabled={!isReady} onClick={() => submit()}>
              Keep note
            </BusyButton>
          ) : (
            <Button.Group>
              <BusyButton size="sm" busy={send.isBusy} disabled={!isReady || isNews} onClick={() => submit()}>
                Send
              </BusyButton>
              <Menu position="top-end">
                <Menu.Target>
                  <Button size="sm" px={6} disabled={!isReady || isNews} aria-label="Other ways to send">
                    <IconChevronDown size={16} aria-hidden />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => submit({ resolve: true })}>Send and resolve</Menu.Item>
                  <Menu.Item onClick={later.open}>Send later</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Button.Group>
          )}
        </Group>
      </Group>
      <Modal opened={laterOpened} onClose={later.close} title="Send later">
        <SendLaterForm
          onChoose={(at) => {
            later.close();
            submit({ sendAt: at.toISOString() });
          }}
        />
      </Modal>
    </Stack>
  );
}

const keyOf = ({ medium, senderId }: Ability) => `${medium} ${senderId}`;
