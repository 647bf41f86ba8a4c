import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShownWhatsApp } from '../../api/templates.ts';

/** The frame of a phone, and in it a message or why there is none. */
export function Phone({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <div className="phone">
      <div className="phone-bar" />
      <div className={`phone-screen ${className}`}>{children}</div>
    </div>
  );
}

/** A text message on a phone, as the server makes it. */
export function SmsBubble({ body, mediaUrls = [] }: { body: string; mediaUrls?: string[] | undefined }) {
  return (
    <div className="bubble" dir="auto">
      {mediaUrls.map((url) => (
        <img key={url} src={url} alt="" />
      ))}
      {body}
    </div>
  );
}

/** A WhatsApp message on a phone: header, body with WhatsApp's own marks, footer, buttons. */
export function WhatsAppBubble({ message }: { message: ShownWhatsApp }) {
  const { header, body, footer, buttons } = message;
  return (
    <>
      <div className="bubble" dir="auto">
        {header?.kind === 'image' && <img src={header.url} alt="" />}
        {(header?.kind === 'video' || header?.kind === 'document') && (
          <Text size="sm" c="dimmed" mb={6} className="anywhere">
            {header.kind === 'video' ? 'Video' : 'File'}: {header.text || header.url}
          </Text>
        )}
        {header?.kind === 'text' && <strong>{`${header.text}\n`}</strong>}
        <Marked text={body} />
        {footer && (
          <Text size="sm" c="dimmed" mt={6}>
            {footer}
          </Text>
        )}
      </div>
      {buttons.map(({ text, type, leadsTo }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a button is known by its place and nothing else
        <div key={place} className="bubble-button" dir="auto">
          {text}
          {type !== 'quickReply' && (
            <Text size="xs" fw={400} className="anywhere">
              {leadsTo}
            </Text>
          )}
        </div>
      ))}
    </>
  );
}

const marks = /(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/;

/** A text with WhatsApp’s own marks: bold, italic, struck through. */
export function Marked({ text }: { text: string }) {
  return text.split(marks).map((part, place) => {
    const inner = part.slice(1, -1);
    const key = `${place} ${part}`;
    if (!marks.test(part)) return part;
    if (part.startsWith('*')) return <strong key={key}>{inner}</strong>;
    return part.startsWith('_') ? <em key={key}>{inner}</em> : <s key={key}>{inner}</s>;
  });
}
