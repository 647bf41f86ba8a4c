import { Button, Card, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addLocale, removeLocale, type Template, type Verdict } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { localeChoices, localeName, whoGets } from '../../words/locale-words.ts';
import { approvalWords } from './approval-badge.tsx';

/** The languages a template is written in: which one is open, who gets it, and ways to add and remove one. */
export function LocaleBar({ template, isChanged }: { template: Template; isChanged: boolean }) {
  const { locales, locale, templateId } = template;
  const { medium } = template.content;
  const tabs = [null, ...locales.others];
  const nameOfTab = (tab: string | null) =>
    tab !== null
      ? localeName(tab)
      : locales.default === null
        ? 'Default'
        : `${localeName(locales.default)} (default)`;
  return (
    <Card component="section" aria-labelledby="languages" mb="lg">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="languages">
          Languages
        </Title>
        <AddLocale template={template} isChanged={isChanged} />
      </Group>
      <nav aria-label="Languages of the template">
        <Group gap="xs">
          {tabs.map((tab) => (
            <LinkButton
              key={tab ?? ''}
              size="xs"
              to="/templates/$medium/$id"
              params={{ medium, id: String(templateId) }}
              search={tab === null ? {} : { locale: tab }}
              variant={tab === locale ? 'filled' : 'default'}
              aria-current={tab === locale ? 'page' : undefined}
            >
              {nameOfTab(tab)}
              {template.verdict && ` · ${standingOf(template.verdict, tab ?? locales.default)}`}
            </LinkButton>
          ))}
        </Group>
      </nav>
      <Text size="sm" mt="sm">
        <strong>Who gets this one:</strong> {whoGets(locale, locales)}
      </Text>
      {template.verdict && locales.others.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          Meta approves each language by itself, and each counts among the templates that an account may have.
          Until it has, its readers get the default.
        </Text>
      )}
      {locale !== null && (
        <Group>
          <RemoveLocale template={template} locale={locale} />
        </Group>
      )}
    </Card>
  );
}

/** How a language stands with Meta, in a word. */
function standingOf({ languages }: Verdict, locale: string | null): string {
  const text = languages.find((each) => each.locale === locale);
  return approvalWords(text?.status ?? null).toLowerCase();
}

function RemoveLocale({ template, locale }: { template: Template; locale: string }) {
  const { templateId, content, locales } = template;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useAction(() => removeLocale(templateId, locale), {
    done: `${localeName(locale)} is removed`,
    once: true,
    // The page of what is gone is left before anything is asked anew.
    after: async () => {
      await navigate({
        to: '/templates/$medium/$id',
        params: { medium: content.medium, id: String(templateId) },
        replace: true,
        ignoreBlocker: true,
      });
      queries.removeQueries({ queryKey: ['templates', content.medium, templateId, locale] });
      await queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  const left = { ...locales, others: locales.others.filter((each) => each !== locale) };
  const [language = locale] = locale.split('-');
  const heir = language !== locale && left.others.includes(language) ? localeName(language) : 'the default';
  return (
    <ConfirmButton
      label="Remove this language"
      question={`Remove ${localeName(locale)}?`}
      confirm="Remove"
      danger
      size="xs"
      variant="subtle"
      color="red"
      mt="xs"
      px={0}
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      Its text is deleted, and its readers get {heir} from then on. Campaigns that were launched keep what
      they say.
    </ConfirmButton>
  );
}

function AddLocale({ template, isChanged }: { template: Template; isChanged: boolean }) {
  const { templateId, content, locales } = template;
  const [opened, { open, close }] = useDisclosure();
  const [typed, setTyped] = useState('');
  const [locale, setLocale] = useState<string | null>(null);
  const navigate = useNavigate();
  const add = useAction((tag: string) => addLocale(template, tag), {
    inPlace: true,
    done: (_, tag) => `${localeName(tag)} is added, as a copy of the default to translate`,
    refresh: [['templates']],
    after: (_, tag) => {
      close();
      void navigate({
        to: '/templates/$medium/$id',
        params: { medium: content.medium, id: String(templateId) },
        search: { locale: tag },
      });
    },
  });
  const taken = [...locales.others, ...(locales.default === null ? [] : [locales.default])];
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={isChanged}
        onClick={open}
      >
        {isChanged ? 'Save it to add a language' : 'Add a language'}
      </Button>
      <Modal opened={opened} onClose={close} title="Add a language">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (locale !== null) add.act(locale);
          }}
        >
          <Stack>
            <Select
              label="Language"
              description="Choose one, or type its tag, as de or pt-BR"
              required
              searchable
              data={localeChoices(typed, taken)}
              nothingFoundMessage="No such language; type a tag as de or pt-BR"
              value={locale}
              onChange={setLocale}
              searchValue={typed}
              onSearchChange={setTyped}
              data-autofocus
            />
            {locale !== null && (
              <Text size="sm">
                <strong>Who will get it:</strong>{' '}
                {whoGets(locale, { ...locales, others: [...locales.others, locale] })}
              </Text>
            )}
            {add.error && <Problem error={add.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Go back
              </Button>
              <BusyButton type="submit" busy={add.isBusy} disabled={locale === null}>
                Add
              </BusyButton>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
