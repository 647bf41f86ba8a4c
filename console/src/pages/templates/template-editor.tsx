import { Alert, Card, Checkbox, Grid, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDeviceFloppy } from '@tabler/icons-react';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { feedsQuery } from '../../api/feeds.ts';
import {
  type Content,
  isApproved,
  isFreeForm,
  type ShownVersion,
  saveTemplate,
  type Template,
  type TemplateDraft,
  type TemplateFault,
} from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Problem } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { fieldsOf } from '../../words/fields-of.ts';
import { randomKey } from '../../words/random-key.ts';
import { samplePerson } from '../../words/sample-person.ts';
import { typeWords } from '../../words/type-words.ts';
import { ApprovalPanel } from './approval-panel.tsx';
import { textsOf } from './blank-template.ts';
import { DeleteTemplate } from './delete-template.tsx';
import { EmailFields } from './email-fields.tsx';
import { LocaleBar } from './locale-bar.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ProofPanel } from './proof-panel.tsx';
import { SessionFields } from './session/session-fields.tsx';
import { SmsFields } from './sms-fields.tsx';
import { useDraftFaults } from './use-draft-preview.ts';
import { VersionsPanel } from './versions-panel.tsx';
import { WhatsAppFields } from './whatsapp-fields.tsx';

/** A new template's page gives way to the kept one's when it is saved; what the server said goes along. */
const warningsKey = (templateId: number | null, locale: string | null) => [
  'templateWarnings',
  templateId,
  locale,
];
const keptWarnings = (queries: QueryClient, { templateId, locale }: TemplateDraft) =>
  queries.getQueryData<string[]>(warningsKey(templateId, locale)) ?? [];

/** Writes a template beside the phone that shows it; `kept` is what the server has of it. */
export function TemplateEditor({ initial, kept }: { initial: TemplateDraft; kept: Template | null }) {
  const [draft, setDraft] = useState(initial);
  const [saved, setSaved] = useState(initial);
  const queries = useQueryClient();
  const [warnings, setWarnings] = useState(() => keptWarnings(queries, initial));
  const [sample, setSample] = useState(samplePerson);
  const [newId] = useState(() => `console-${randomKey()}`);
  const navigate = useNavigate();
  const fields = useMemo(() => fieldsOf(textsOf(draft.content)), [draft.content]);
  const faults = useDraftFaults(draft, sample);
  const { medium } = draft.content;
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);
  const isSaved = useRef(false);
  const save = useAction(() => saveTemplate(draft, newId), {
    inPlace: true,
    done: 'The template is saved',
    refresh: [['templates']],
    after: (answer) => {
      setWarnings(answer.warnings);
      queries.setQueryData(warningsKey(answer.templateId, draft.locale), answer.warnings);
      setSaved(draft);
      isSaved.current = true;
      if (draft.templateId === null)
        void navigate({
          to: '/templates/$medium/$id',
          params: { medium, id: String(answer.templateId) },
          replace: true,
        });
    },
  });
  const change = (next: (before: TemplateDraft) => TemplateDraft) => {
    isSaved.current = false;
    setDraft(next);
  };
  const setContent = (content: Content) => change((before) => ({ ...before, content }));
  const takeUp = ({ content, category }: ShownVersion) =>
    setContent({
      medium: 'whatsApp',
      kind: 'template',
      ...content,
      category: category === 'UTILITY' ? 'UTILITY' : 'MARKETING',
    });
  const isUpToDate = !isChanged && draft.templateId !== null;
  return (
    <Grid gap="lg">
      <LeaveQuestion what="template" isAsked={() => isChanged && !isSaved.current} />
      <Grid.Col span={{ base: 12, md: 7 }}>
        {kept && <LocaleBar template={kept} isChanged={isChanged} />}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!isUpToDate) save.act();
          }}
        >
          <Card>
            <Stack>
              <Head draft={draft} onChange={(head) => change((before) => ({ ...before, ...head }))} />
              <ContentFields
                content={draft.content}
                faults={faults}
                tried={save.error !== null}
                onChange={setContent}
              />
              <Checkbox
                label="Shorten links and count their clicks"
                description={
                  isApproved(draft.content) &&
                  'Only those of buttons: what Meta approved is sent as it stands, links in the body with it'
                }
                checked={draft.trackLinks}
                onChange={(event) => {
                  const trackLinks = event.currentTarget.checked;
                  change((before) => ({ ...before, trackLinks }));
                }}
              />
              <Feeds
                chosen={draft.dataFeedIds}
                onChange={(dataFeedIds) => change((before) => ({ ...before, dataFeedIds }))}
              />
              <Warnings texts={warnings} />
              {save.error && <Problem error={save.error} />}
              <Group>
                <BusyButton
                  type="submit"
                  busy={save.isBusy}
                  leftSection={<IconDeviceFloppy size={18} aria-hidden />}
                >
                  {isUpToDate ? 'Saved' : 'Save template'}
                </BusyButton>
                {kept && !isChanged && (
                  <LinkButton to="/campaigns/new" search={{ template: kept.templateId }} variant="light">
                    Use it in a campaign
                  </LinkButton>
                )}
                {kept && (
                  <DeleteTemplate
                    templateId={kept.templateId}
                    name={kept.name}
                    onDeleted={async () => {
                      await navigate({ to: '/templates', ignoreBlocker: true });
                      queries.removeQueries({ queryKey: ['templates', medium, kept.templateId] });
                      await queries.invalidateQueries({ queryKey: ['templates'] });
                    }}
                  />
                )}
              </Group>
            </Stack>
          </Card>
        </form>
        {kept && (
          <Stack mt="lg" gap="lg">
            {kept.verdict && (
              <>
                <ApprovalPanel template={kept} verdict={kept.verdict} isChanged={isChanged} />
                <VersionsPanel templateId={kept.templateId} verdict={kept.verdict} onTakeUp={takeUp} />
              </>
            )}
            <ProofPanel template={kept} isChanged={isChanged} sample={sample} />
          </Stack>
        )}
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <PreviewPanel draft={draft} fields={fields} sample={sample} onSample={setSample} />
      </Grid.Col>
    </Grid>
  );
}

/** Which data feeds the template asks; nothing where the project has none. */
function Feeds({ chosen, onChange }: { chosen: number[]; onChange: (ids: number[]) => void }) {
  const { data: feeds = [] } = useQuery(feedsQuery);
  if (feeds.length === 0) return null;
  return (
    <MultiSelect
      label="Data feeds"
      description="Their fields are written [[field]]"
      data={feeds.map(({ id, name }) => ({ value: String(id), label: name }))}
      searchable
      maxValues={5}
      value={chosen.map(String)}
      onChange={(ids) => onChange(ids.map(Number))}
    />
  );
}

function Head({
  draft,
  onChange,
}: {
  draft: TemplateDraft;
  onChange: (head: Partial<TemplateDraft>) => void;
}) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const options = types
    .filter((type) => type.medium === draft.content.medium)
    .map((type) => ({ value: String(type.id), label: typeWords(type) }));
  return (
    <>
      <TextInput
        label="Name"
        description="For you; nobody else sees it"
        required
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Message type"
        description="What people agreed to: it decides who gets it"
        data={options}
        placeholder="The first marketing one"
        allowDeselect={false}
        value={draft.messageTypeId === null ? null : String(draft.messageTypeId)}
        onChange={(value) => onChange({ messageTypeId: value === null ? null : Number(value) })}
      />
    </>
  );
}

function ContentFields({
  content,
  faults,
  tried,
  onChange,
}: {
  content: Content;
  faults: TemplateFault[];
  tried: boolean;
  onChange: (content: Content) => void;
}) {
  if (content.medium === 'sms') return <SmsFields content={content} onChange={onChange} />;
  if (isFreeForm(content)) return <SessionFields {...{ content, faults, tried, onChange }} />;
  if (content.medium === 'whatsApp') return <WhatsAppFields {...{ content, faults, tried, onChange }} />;
  return <EmailFields content={content} onChange={onChange} />;
}

function Warnings({ texts }: { texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Saved; worth knowing" role="status">
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Alert>
  );
}
