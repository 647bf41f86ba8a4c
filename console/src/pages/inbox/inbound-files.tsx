import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFile } from '@tabler/icons-react';
import { fetchFileAgain, type InboundFile, threadKey } from '../../api/inbox.ts';
import { useAction } from '../../shell/use-action.ts';
import { byteWords } from '../../words/formats.ts';

/** The files that somebody sent with a message: pictures and films to be seen, sounds to be heard, others to be saved. */
export function InboundFiles({
  files,
  isVoice,
  threadId,
}: {
  files: readonly InboundFile[];
  isVoice: boolean;
  threadId: string;
}) {
  return (
    <Stack gap="xs">
      {files.map((file) => (
        <FileView key={file.id} file={file} isVoice={isVoice} threadId={threadId} />
      ))}
    </Stack>
  );
}

function FileView({ file, isVoice, threadId }: { file: InboundFile; isVoice: boolean; threadId: string }) {
  const { state, url, contentType, isShown } = file;
  if (state === 'waiting')
    return (
      <Group gap={8} wrap="nowrap">
        <Loader size="xs" aria-hidden />
        <Text size="sm">
          {file.fault === null ? 'A file is being fetched' : 'A file is tried again soon'}
        </Text>
      </Group>
    );
  if (state === 'failed' || url === null) return <Missing file={file} threadId={threadId} />;
  const name = file.name ?? undefined;
  const kind = isShown ? contentType?.split('/')[0] : undefined;
  if (kind === 'image')
    return (
      <a href={url} target="_blank" rel="noreferrer">
        <img className="said-picture" src={url} alt={name ?? 'What they sent'} />
      </a>
    );
  if (kind === 'video')
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it
      <video
        className="said-picture"
        src={url}
        controls
        preload="metadata"
        aria-label={name ?? 'A film they sent'}
      />
    );
  if (kind === 'audio')
    return (
      <Stack gap={4}>
        {isVoice && <Text size="sm">Voice message</Text>}
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it */}
        <audio
          src={url}
          controls
          preload="metadata"
          aria-label={isVoice ? 'Voice message' : (name ?? 'A sound they sent')}
        />
      </Stack>
    );
  return (
    <Group gap={8} wrap="nowrap">
      <IconFile size={20} aria-hidden style={{ flex: 'none' }} />
      <Anchor href={url} download underline="always" className="anywhere">
        {name ?? 'A file'}
      </Anchor>
      {file.bytes !== null && <Text size="sm">{byteWords(file.bytes)}</Text>}
    </Group>
  );
}

function Missing({ file, threadId }: { file: InboundFile; threadId: string }) {
  const again = useAction(() => fetchFileAgain(file.id), {
    done: 'It is being fetched again',
    refresh: [threadKey(threadId)],
  });
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <IconAlertTriangle size={18} aria-hidden style={{ flex: 'none' }} />
      <Stack gap={6} align="flex-start">
        <Text size="sm">
          {file.name ?? 'A file'} could not be fetched: {file.fault}
        </Text>
        <Button size="compact-xs" variant="default" disabled={again.isBusy} onClick={() => again.act()}>
          Try again
        </Button>
      </Stack>
    </Group>
  );
}
