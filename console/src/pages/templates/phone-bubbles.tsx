import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Content } from '../../api/templates.ts';
import { fillIn } from '../../words/fill-in.ts';

type Of<Medium extends Content['medium']> = Extract<Content, { medium: Medium }>;
type Sample = Record<string, string>;

function Phone({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <div className="phone">
      <div className="phone-bar" />
      <div className={`phone-screen ${className}`}>{children}</div>
    </div>
  );
}

/** A text message on a phone: as the server makes it, and until it has, with the plain fields filled. */
export function SmsBubble({
  content,
  sample,
  body,
}: {
  content: Of<'sms'>;
  sample: Sample;
  body: string | undefined;
}) {
  const [picture] = content.mediaUrls;
  const text = body ?? fillIn(content.message, sample).text;
  return (
    <Phone>
      <div className="bubble" dir="auto">
        {picture && <img src={fillIn(picture, sample).text} alt="" />}
        {text || <Text c="dimmed">Your message shows here.</Text>}
      </div>
    </Phone>
  );
}

/** A WhatsApp message on a phone: header, body with WhatsApp's own marks, footer, buttons. */
export function WhatsAppBubble({ content, sample }: { content: Of<'whatsApp'>; sample: Sample }) {
  const { header, body, footer, buttons } = content;
  return (
    <Phone className="whatsapp">
      <div className="bubble" dir="auto">
        {header?.kind === 'image' && header.url && <img src={fillIn(header.url, sample).text} alt="" />}
        {(header?.kind === 'video' || header?.kind === 'document') && (
          <Text size="sm" c="dimmed" mb={6}>
            [{header.kind}]
          </Text>
        )}
        {header?.kind === 'text' && <strong>{`${fillIn(header.text, sample).text}\n`}</strong>}
        {body ? (
          <Marked text={fillIn(body, sample).text} />
        ) : (
          <Text c="dimmed">Your message shows here.</Text>
        )}
        {footer && (
          <Text size="sm" c="dimmed" mt={6}>
            {footer}
          </Text>
        )}
      </div>
      {buttons.map((button, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
        <div key={place} className="bubble-button">
          {button.text || '…'}
        </div>
      ))}
    </Phone>
  );
}

const marks = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/;

function Marked({ text }: { text: string }) {
  return text.split(marks).map((part, place) => {
    const inner = part.slice(1, -1);
    const key = `${place} ${part}`;
    if (!marks.test(part)) return part;
    if (part.startsWith('*')) return <strong key={key}>{inner}</strong>;
    return part.startsWith('_') ? <em key={key}>{inner}</em> : <s key={key}>{inner}</s>;
  });
}
