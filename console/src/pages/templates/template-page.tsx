import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { isMedium, type Medium } from '../../api/media.ts';
import { isFreeForm, templateQuery } from '../../api/templates.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { mediumWords } from '../../words/message-statuses.ts';
import { blankTemplate } from './blank-template.ts';
import { TemplateEditor } from './template-editor.tsx';

const aboutFreeForm =
  'It needs no approval, and goes to whoever has written to your number within 24 hours; to the others, the template that you name.';

/** A template being written for the first time. */
export function NewTemplatePage() {
  const { medium } = useParams({ from: '/shell/templates/$medium/new' });
  const { kind } = useSearch({ from: '/shell/templates/$medium/new' });
  if (!isMedium(medium)) return <NoSuchMedium medium={medium} />;
  const isSession = medium === 'whatsApp' && kind === 'session';
  return (
    <Page
      title={isSession ? 'New free-form WhatsApp message' : `New ${mediumWords(medium)} template`}
      about={isSession && aboutFreeForm}
    >
      <TemplateEditor key={`${medium} ${kind}`} initial={blankTemplate(medium, isSession)} kept={null} />
    </Page>
  );
}

/** A template that is kept, to look at and change. */
export function TemplatePage() {
  const { medium, id } = useParams({ from: '/shell/templates/$medium/$id' });
  const { locale = null } = useSearch({ from: '/shell/templates/$medium/$id' });
  return isMedium(medium) ? (
    <KeptTemplate medium={medium} id={Number(id)} locale={locale} />
  ) : (
    <NoSuchMedium medium={medium} />
  );
}

function KeptTemplate({ medium, id, locale }: { medium: Medium; id: number; locale: string | null }) {
  const template = useQuery({
    ...templateQuery(medium, id, locale),
    // What Meta says of it, at any time, is seen at once.
    refetchInterval: ({ state }) => (state.data?.verdict?.status ? 800 : false),
  });
  return (
    <Loaded query={template} page="Template">
      {(data) => (
        <Page
          title={data.name}
          about={
            isFreeForm(data.content)
              ? `Free-form WhatsApp message. ${aboutFreeForm}`
              : `${mediumWords(medium)} template`
          }
        >
          <TemplateEditor key={`${id} ${locale}`} initial={data} kept={data} />
        </Page>
      )}
    </Loaded>
  );
}

function NoSuchMedium({ medium }: { medium: string }) {
  return (
    <Page title="No such channel" about={`There are no templates of ${medium}.`}>
      <LinkButton to="/templates">All templates</LinkButton>
    </Page>
  );
}
