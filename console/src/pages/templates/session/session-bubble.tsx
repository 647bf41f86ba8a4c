import {
  IconFile,
  IconList,
  IconMapPin,
  IconMicrophone,
  IconPlayerPlay,
  IconShoppingBag,
  IconUser,
} from '@tabler/icons-react';
import type { SessionMessage } from '../../../api/templates.ts';
import { Bubble, Faint, Line, Press, Products, Row } from '../bubble-parts.tsx';
import { Marked } from '../phone-bubbles.tsx';

type Of<Kind extends SessionMessage['type']> = Extract<SessionMessage, { type: Kind }>;
type File = Of<'image'>['file'];
type Header = NonNullable<Of<'button'>['header']>;

/** A free-form WhatsApp message on a phone. */
export function SessionBubble({ message }: { message: SessionMessage }) {
  switch (message.type) {
    case 'text':
      return (
        <Bubble>
          <Said text={message.body} />
        </Bubble>
      );
    case 'image':
    case 'video':
    case 'document':
      return (
        <Bubble>
          <Shown
            kind={message.type}
            file={message.file}
            name={message.type === 'document' ? message.filename : undefined}
          />
          {message.caption && <Said text={message.caption} />}
        </Bubble>
      );
    case 'audio':
      return (
        <Bubble>
          <Line
            icon={
              message.voice ? (
                <IconMicrophone size={18} aria-hidden />
              ) : (
                <IconPlayerPlay size={18} aria-hidden />
              )
            }
          >
            {message.voice ? 'Voice note' : 'Audio'}
          </Line>
        </Bubble>
      );
    case 'sticker':
      return <Shown kind="image" file={message.file} />;
    case 'reaction':
      return <Bubble>{message.emoji || 'Their reaction is taken back'}</Bubble>;
    case 'location':
      return (
        <Bubble>
          <Line icon={<IconMapPin size={18} aria-hidden />}>{message.name || 'Location'}</Line>
          <Faint>{message.address || `${message.latitude}, ${message.longitude}`}</Faint>
        </Bubble>
      );
    case 'contacts':
      return (
        <Bubble>
          {message.contacts.map(({ name, phones = [] }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a contact is known by its place and nothing else
            <div key={place}>
              <Line icon={<IconUser size={18} aria-hidden />}>{name.formattedName}</Line>
              {phones.map(({ phone }) => (
                <Faint key={phone}>{phone}</Faint>
              ))}
            </div>
          ))}
        </Bubble>
      );
    default:
      return <Interactive message={message} />;
  }
}

type InteractiveMessage = Exclude<
  SessionMessage,
  {
    type:
      | 'text'
      | 'image'
      | 'video'
      | 'document'
      | 'audio'
      | 'sticker'
      | 'reaction'
      | 'location'
      | 'contacts';
  }
>;

function Interactive({ message }: { message: InteractiveMessage }) {
  return (
    <>
      <Bubble>
        {'header' in message && message.header && <Heading header={message.header} />}
        {message.body && <Said text={message.body} />}
        {'footer' in message && message.footer && <Faint>{message.footer}</Faint>}
      </Bubble>
      <Below message={message} />
    </>
  );
}

/** What stands under the words: buttons, and what the phone shows of products and cards. */
function Below({ message }: { message: InteractiveMessage }) {
  switch (message.type) {
    case 'button':
      // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
      return message.buttons.map(({ title }, place) => <Press key={place}>{title}</Press>);
    case 'list':
      return (
        <>
          <Press icon={<IconList size={16} aria-hidden />}>{message.label}</Press>
          <div className="bubble-sheet">
            {message.sections.map(({ title, rows }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a section is known by its place and nothing else
              <div key={place}>
                {title && <strong>{title}</strong>}
                {rows.map((row) => (
                  <div key={row.id}>
                    <div>{row.title}</div>
                    {row.description && <Faint>{row.description}</Faint>}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </>
      );
    case 'ctaUrl':
      return <Press under={message.url}>{message.label}</Press>;
    case 'flow':
      return <Press>{message.label}</Press>;
    case 'locationRequest':
      return <Press icon={<IconMapPin size={16} aria-hidden />}>Send location</Press>;
    case 'addressRequest':
      return <Press>Provide address</Press>;
    case 'product':
      return <ProductList ids={[message.productId]} press="View" />;
    case 'productList':
      return (
        <ProductList ids={message.sections.flatMap(({ productIds }) => productIds)} press="View items" />
      );
    case 'catalog':
      return <Press icon={<IconShoppingBag size={16} aria-hidden />}>View catalog</Press>;
    case 'productCarousel':
      return (
        <Row>
          {message.productIds.map((id) => (
            <div key={id}>
              <ProductList ids={[id]} press="View" />
            </div>
          ))}
        </Row>
      );
    case 'carousel':
      return (
        <Row>
          {message.cards.map((card, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card is known by its place and nothing else
            <div key={place}>
              <Bubble>
                <Shown kind={card.header.kind} file={card.header.file} />
                {card.body && <Said text={card.body} />}
              </Bubble>
              {card.action.type === 'link' ? (
                <Press under={card.action.url}>{card.action.label}</Press>
              ) : (
                card.action.buttons.map(({ id, title }) => <Press key={id}>{title}</Press>)
              )}
            </div>
          ))}
        </Row>
      );
  }
}

/** Words on lines of their own. */
function Said({ text }: { text: string }) {
  return (
    <div>
      <Marked text={text} />
    </div>
  );
}

function Heading({ header }: { header: Header }) {
  if (header.kind === 'text') return <strong>{header.text}</strong>;
  return <Shown kind={header.kind} file={header.file} name={header.filename} />;
}

/** A picture as it is where it stands at an address; all else by its name. */
function Shown({
  kind,
  file,
  name,
}: {
  kind: 'image' | 'video' | 'document';
  file: File;
  name?: string | undefined;
}) {
  if (kind === 'image' && 'link' in file) return <img src={file.link} alt="" />;
  const whence = 'link' in file ? file.link : `upload ${file.id}`;
  const icon =
    kind === 'document' ? <IconFile size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />;
  return <Line icon={icon}>{name || whence}</Line>;
}

function ProductList({ ids, press }: { ids: string[]; press: string }) {
  return (
    <>
      <Products ids={ids} />
      <Press>{press}</Press>
    </>
  );
}
