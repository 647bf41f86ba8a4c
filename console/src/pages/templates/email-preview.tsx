import { Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Content } from '../../api/templates.ts';
import { fillIn } from '../../words/fill-in.ts';

/** An email as an inbox shows it; its HTML stands in a frame that has no origin and runs nothing of it. */
export function EmailPreview({
  content,
  sample,
}: {
  content: Extract<Content, { medium: 'email' }>;
  sample: Record<string, string>;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const html = fillIn(content.html, sample).text;
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.source === frame.current?.contentWindow) setReady(true);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  useEffect(() => {
    // A sandboxed frame has no origin that could be named; what is posted is the writer's own email.
    if (ready) frame.current?.contentWindow?.postMessage({ html }, '*');
  }, [ready, html]);
  return (
    <div>
      <Text fw={600}>{fillIn(content.subject, sample).text || 'Subject'}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {content.fromName || 'Sender'} · {fillIn(content.preheaderText, sample).text || 'preheader'}
      </Text>
      <iframe
        ref={frame}
        className="email-frame"
        title="Email preview"
        src="/email-preview.html"
        sandbox="allow-scripts"
      />
    </div>
  );
}
