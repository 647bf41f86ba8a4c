import type { ReactNode } from 'react';

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
