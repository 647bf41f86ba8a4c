import { ActionIcon, Button, Card, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { WhatsApp } from '../../api/templates.ts';
import { useFault } from './parts/faults.ts';
import { Fault, PartFields } from './parts/part-fields.tsx';
import { WhatsAppButtons } from './whatsapp-buttons.tsx';
import {
  cardHeader,
  catalogOfCards,
  freshCard,
  linkedCards,
  type MediaCard,
  productCards,
} from './whatsapp-parts.ts';

type Carousel = NonNullable<WhatsApp['carousel']>;
const mostCards = 10;

/** The cards beside each other under a body: with pictures, or products. */
export function WhatsAppCards({
  carousel,
  onChange,
}: {
  carousel: Carousel;
  onChange: (carousel: Carousel) => void;
}) {
  if (carousel.kind === 'products') return <ProductCards carousel={carousel} onChange={onChange} />;
  return <MediaCards cards={carousel.cards} onChange={(cards) => onChange({ ...carousel, cards })} />;
}

function MediaCards({ cards, onChange }: { cards: MediaCard[]; onChange: (cards: MediaCard[]) => void }) {
  const fault = useFault('carousel.cards');
  return (
    <Stack gap="xs" role="group" aria-label="Cards">
      <Text size="sm" fw={500}>
        Cards
      </Text>
      {cards.map((card, place) => (
        <MediaCardFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a card is known by its place and nothing else
          key={place}
          card={card}
          place={place}
          onChange={(next) => onChange(cards.map((each, index) => (index === place ? next : each)))}
          onRemove={() => onChange(cards.filter((_, index) => index !== place))}
        />
      ))}
      {fault && <Fault>{fault}</Fault>}
      {cards.length < mostCards && (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...cards, likeThe(cards[0])])}
        >
          Add a card
        </Button>
      )}
    </Stack>
  );
}

/** All cards are made alike: a new one has the parts of the first, empty. */
function likeThe(first: MediaCard = freshCard): MediaCard {
  return {
    header: { kind: first.header.kind, url: '' },
    body: first.body === null ? null : '',
    buttons: first.buttons.map((button) => {
      if (button.type === 'url') return { ...button, url: '' };
      return button.type === 'phone' ? button : { ...button, payload: '' };
    }),
  };
}

function MediaCardFields({
  card,
  place,
  onChange,
  onRemove,
}: {
  card: MediaCard;
  place: number;
  onChange: (card: MediaCard) => void;
  onRemove: () => void;
}) {
  const path = `carousel.cards.${place}`;
  return (
    <Card padding="sm" role="group" aria-label={`Card ${place + 1}`}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          Card {place + 1}
        </Text>
        <ActionIcon variant="default" size="lg" aria-label={`Remove card ${place + 1}`} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <Stack gap="xs">
        <PartFields
          parts={[cardHeader]}
          of={{ header: card.header }}
          path={path}
          onChange={({ header }) => onChange({ ...card, header: header as MediaCard['header'] })}
        />
        <Textarea
          label="Words of the card"
          description="Up to 160 characters; on all cards or on none"
          autosize
          minRows={2}
          error={useFault(`${path}.body`)}
          value={card.body ?? ''}
          onChange={(event) => onChange({ ...card, body: event.currentTarget.value || null })}
        />
        <WhatsAppButtons
          buttons={card.buttons}
          types={['url', 'quickReply', 'phone']}
          most={2}
          path={`${path}.buttons`}
          onChange={(buttons) => onChange({ ...card, buttons })}
        />
      </Stack>
    </Card>
  );
}

function ProductCards({
  carousel,
  onChange,
}: {
  carousel: Extract<Carousel, { kind: 'products' }>;
  onChange: (carousel: Carousel) => void;
}) {
  const { label } = carousel;
  const labelFault = useFault('carousel.label');
  return (
    <Stack gap="xs">
      <Checkbox
        label="Each card opens a page of yours"
        description="Without this WhatsApp shows the product itself"
        checked={label !== null}
        onChange={(event) => onChange({ ...carousel, label: event.currentTarget.checked ? '' : null })}
      />
      {label !== null && (
        <TextInput
          label="Words on each card’s button"
          required
          error={labelFault}
          value={label}
          onChange={(event) => onChange({ ...carousel, label: event.currentTarget.value })}
        />
      )}
      <PartFields
        parts={[catalogOfCards, label === null ? productCards : linkedCards]}
        of={carousel}
        path="carousel"
        onChange={(next) => onChange(next as Carousel)}
      />
      <Text size="sm" c="dimmed">
        A card whose product comes out empty for somebody is left out; whoever has fewer than two gets no
        message.
      </Text>
    </Stack>
  );
}
