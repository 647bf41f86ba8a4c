import {
  IconClock,
  IconCopy,
  IconExternalLink,
  IconFile,
  IconForms,
  IconMapPin,
  IconPhone,
  IconPlayerPlay,
  IconShoppingBag,
  IconUser,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ShownWhatsApp } from '../../api/templates.ts';
import { instant } from '../../words/formats.ts';
import { Bubble, Faint, Line, Press, Products, Row } from './bubble-parts.tsx';
import { Marked } from './phone-bubbles.tsx';

type Button = ShownWhatsApp['buttons'][number];
type Header = NonNullable<ShownWhatsApp['header']>;

/** A WhatsApp template on a phone, filled: header, offer, body with WhatsApp's own marks, footer, buttons, cards. */
export function TemplateBubble({ message }: { message: ShownWhatsApp }) {
  const { header, offer, body, footer, buttons, cards, asksToCall } = message;
  return (
    <>
      <Bubble>
        {header && <Heading header={header} />}
        {offer && <Offer offer={offer} />}
        <div>
          <Marked text={body} />
        </div>
        {footer && <Faint>{footer}</Faint>}
      </Bubble>
      <Buttons buttons={buttons} />
      {asksToCall && (
        <>
          <Press icon={<IconPhone size={16} aria-hidden />}>Allow calls</Press>
          <Press>Not now</Press>
        </>
      )}
      {cards.length > 0 && (
        <Row>
          {cards.map((card, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card is known by its place and nothing else
            <div key={place}>
              <Bubble>
                {card.header.kind === 'product' ? (
                  <Heading header={card.header} />
                ) : (
                  <Heading header={{ ...card.header, text: '' }} />
                )}
                {card.body && (
                  <div>
                    <Marked text={card.body} />
                  </div>
                )}
              </Bubble>
              <Buttons buttons={card.buttons} />
            </div>
          ))}
        </Row>
      )}
    </>
  );
}

function Heading({ header }: { header: Header }) {
  switch (header.kind) {
    case 'text':
      return (
        <div>
          <strong>{header.text}</strong>
        </div>
      );
    case 'location':
      return (
        <div>
          <Line icon={<IconMapPin size={18} aria-hidden />}>{header.name}</Line>
          <Faint>{header.address}</Faint>
        </div>
      );
    case 'product':
      return <Line icon={<IconShoppingBag size={18} aria-hidden />}>{header.productId}</Line>;
    case 'image':
      return <img src={header.url} alt="" />;
    case 'video':
      return <Line icon={<IconPlayerPlay size={18} aria-hidden />}>{header.text || header.url}</Line>;
    case 'document':
      return <Line icon={<IconFile size={18} aria-hidden />}>{header.text || header.url}</Line>;
  }
}

function Offer({ offer: { text, endsAt } }: { offer: NonNullable<ShownWhatsApp['offer']> }) {
  return (
    <div>
      <Line icon={<IconClock size={18} aria-hidden />}>
        <strong>{text}</strong>
      </Line>
      {endsAt !== null && <Faint>Ends {instant(endsAt)}</Faint>}
    </div>
  );
}

const icons: Readonly<Record<Button['type'], ReactNode>> = {
  url: <IconExternalLink size={16} aria-hidden />,
  quickReply: null,
  phone: <IconPhone size={16} aria-hidden />,
  copyCode: <IconCopy size={16} aria-hidden />,
  flow: <IconForms size={16} aria-hidden />,
  catalog: <IconShoppingBag size={16} aria-hidden />,
  products: <IconShoppingBag size={16} aria-hidden />,
  product: <IconShoppingBag size={16} aria-hidden />,
  voiceCall: <IconPhone size={16} aria-hidden />,
  requestContact: <IconUser size={16} aria-hidden />,
};

/** Buttons of which one reads where they lead. */
const leading: readonly Button['type'][] = ['url', 'phone', 'copyCode', 'catalog'];

function Buttons({ buttons }: { buttons: readonly Button[] }) {
  return buttons.map(({ type, text, leadsTo, sections }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
    <div key={place}>
      <Press icon={icons[type]} under={leading.includes(type) ? leadsTo : ''}>
        {text}
      </Press>
      {sections?.map(({ title, productIds }) => (
        <div key={title}>
          <Faint>{title}</Faint>
          <Products ids={productIds} />
        </div>
      ))}
    </div>
  ));
}
