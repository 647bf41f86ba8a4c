import type { SessionMessage } from '../../providers/whatsapp-message.ts';

/** A text of a message, by the path of its field: `sections.0.rows.1.title`. */
interface SessionText {
  path: string;
  text: string;
}

/** Whether a text says what a part of a message is, and is no words that could be others for another person. */
const isFixed = (path: string): boolean =>
  !path.startsWith('action.data.') && (['type', 'kind'].includes(lastOf(path)) || path === 'country');

/** The same message with each of its texts changed, wherever it stands. Pure; what `change` throws goes on. */
export function mapTexts(
  message: SessionMessage,
  change: (text: string, path: string) => string,
): SessionMessage {
  return mapValue(message, '', change) as SessionMessage;
}

function mapValue(value: unknown, path: string, change: (text: string, path: string) => string): unknown {
  const under = (name: string | number) => (path === '' ? String(name) : `${path}.${name}`);
  if (typeof value === 'string') return isFixed(path) ? value : change(value, path);
  if (Array.isArray(value)) return value.map((each, index) => mapValue(each, under(index), change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapValue(each, under(name), change)]),
  );
}

/** The last name of a path. */
export const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** All texts of a message. */
export function textsOfSession(message: SessionMessage): SessionText[] {
  const texts: SessionText[] = [];
  mapTexts(message, (text, path) => {
    texts.push({ path, text });
    return text;
  });
  return texts;
}

/** Whether a text is the address that a button opens, which is made short as a whole. */
export const isButtonAddress = (message: SessionMessage, path: string): boolean =>
  message.type === 'ctaUrl' ? path === 'url' : message.type === 'carousel' && path.endsWith('.action.url');

/** Whether a text is read as words, in which addresses can be tapped. */
export const isRead = (path: string): boolean => ['body', 'caption', 'footer'].includes(lastOf(path));
