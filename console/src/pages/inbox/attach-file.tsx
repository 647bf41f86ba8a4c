import { ActionIcon, Alert, FileButton, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import type { Ability } from '../../api/inbox.ts';
import type { KeptFile } from '../../api/kept-files.ts';
import { byteWords } from '../../words/formats.ts';
import { refusalWords } from '../../words/refusal-words.ts';

type Taken = Ability['files'];

/** Why a file cannot go on a channel; null where it can. The server says the same. */
export function faultOfFile(taken: Taken, { type, size }: { type: string; size: number }): string | null {
  const fits = taken.find(({ types }) => types.includes(type));
  if (!fits) return `This channel takes no such file, but ${kindsOf(taken)}.`;
  return size > fits.mostBytes
    ? `This file has ${byteWords(size)}; here it may have ${byteWords(fits.mostBytes)}.`
    : null;
}

/** "JPEG, PNG up to 5 MB; MP4 up to 16 MB". */
const kindsOf = (taken: Taken) =>
  taken
    .map(({ types, mostBytes }) => `${types.map(kindWords).join(', ')} up to ${byteWords(mostBytes)}`)
    .join('; ');

const kindNames: Readonly<Record<string, string>> = {
  'audio/mpeg': 'MP3',
  'text/vcard': 'vCard',
  'video/3gpp': '3GP',
};
const kindWords = (type: string) => kindNames[type] ?? (type.split('/')[1] ?? type).toUpperCase();

/** Chooses a file to go with an answer, and says which may. */
export function AttachButton({
  taken,
  isBusy,
  onChoose,
}: {
  taken: Taken;
  isBusy: boolean;
  onChoose: (file: File) => void;
}) {
  return (
    <FileButton
      accept={taken.flatMap(({ types }) => types).join(',')}
      onChange={(file) => file && onChoose(file)}
      inputProps={{ 'aria-label': 'File to attach' }}
    >
      {(props) => (
        <Tooltip label={`Attach a file: ${kindsOf(taken)}`} multiline maw={320}>
          <ActionIcon {...props} variant="subtle" size="lg" aria-label="Attach a file" disabled={isBusy}>
            {isBusy ? <Loader size="xs" /> : <IconPaperclip size={20} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}

/** A file that is to go with the answer, or why it cannot. */
export function AttachedFile({
  file,
  fault,
  error,
  onDrop,
}: {
  file: KeptFile | null;
  fault: string | null;
  error: Error | null;
  onDrop: () => void;
}) {
  return (
    <>
      {file && (
        <Group gap="xs" wrap="nowrap">
          {file.contentType.startsWith('image/') && (
            <img className="attached-picture" src={new URL(file.url).pathname} alt="" />
          )}
          <Text size="sm" className="anywhere">
            {file.name} · {byteWords(file.bytes)}
          </Text>
          <ActionIcon variant="subtle" aria-label="Leave the file out" onClick={onDrop}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      )}
      {(fault !== null || error) && (
        <Alert color="red" role="alert" title="This file does not go">
          {fault ?? (error && refusalWords(error))}
        </Alert>
      )}
      {fault === null &&
        file?.warnings.map((warning) => (
          <Text key={warning} size="sm" c="dimmed">
            {warning}
          </Text>
        ))}
    </>
  );
}
