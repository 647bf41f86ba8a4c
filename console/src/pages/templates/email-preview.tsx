import { Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

/**
 * An email as an inbox shows it, as the server makes it; its HTML stands in a frame that has no origin and runs nothing
 * of it.
 */
export function EmailPreview({
  subject,
  html,
  fromName,
  preheader,
}: {
  subject: string;
  html: string;
  fromName: string | undefined;
  preheader: string;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
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
      <Text fw={600} dir="auto">
        {subject}
      </Text>
      <Text size="sm" c="dimmed" mb="xs" dir="auto">
        {[fromName ?? 'The sender’s own name', preheader].filter((part) => part !== '').join(' · ')}
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
