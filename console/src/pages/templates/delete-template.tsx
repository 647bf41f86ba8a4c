import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { deleteTemplate, type TemplateUse, templateUsesQuery } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';

/** Deletes a template after a question that names what uses it; where a campaign needs it, says which. */
export function DeleteTemplate({
  templateId,
  name,
  onDeleted,
}: {
  templateId: number;
  name: string;
  onDeleted: () => void | Promise<void>;
}) {
  const [opened, { open, close }] = useDisclosure();
  const uses = useQuery({ ...templateUsesQuery(templateId), enabled: opened });
  const remove = useAction(() => deleteTemplate(templateId), {
    inPlace: true,
    once: true,
    done: `“${name}” is deleted`,
    after: onDeleted,
  });
  const isFree = uses.data?.every((use) => !use.needsTemplate) ?? false;
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={18} aria-hidden />} onClick={open}>
        Delete
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={uses.data && !isFree ? `“${name}” is still needed` : `Delete “${name}”?`}
      >
        <Stack>
          <Loaded query={uses}>{(data) => <Uses uses={data} />}</Loaded>
          {remove.error && <Problem error={remove.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Go back
            </Button>
            {isFree && (
              <BusyButton
                color="red.8"
                autoContrast={false}
                busy={remove.isBusy}
                onClick={() => remove.act()}
              >
                Delete
              </BusyButton>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Uses({ uses }: { uses: TemplateUse[] }) {
  const needed = uses.filter((use) => use.needsTemplate);
  if (needed.length > 0)
    return (
      <>
        <Text>
          {needed.length === 1 ? 'This campaign is' : 'These campaigns are'} not launched yet and would have
          nothing to say. Give {needed.length === 1 ? 'it' : 'them'} another template, or delete{' '}
          {needed.length === 1 ? 'it' : 'them'}, first.
        </Text>
        <List spacing={4}>
          {needed.map(({ campaignId, name }) => (
            <List.Item key={campaignId}>
              <TextLink to="/campaigns/$id" params={{ id: String(campaignId) }}>
                {name}
              </TextLink>
            </List.Item>
          ))}
        </List>
      </>
    );
  return (
    <Text>
      No campaign can be made with it any more, and its texts in all languages go.
      {uses.length > 0 &&
        ` ${counted(uses.length, 'campaign was', 'campaigns were')} made with it: what was launched keeps what it says.`}
    </Text>
  );
}
