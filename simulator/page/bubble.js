/** Makes an element with text and attributes. */
export function element(name, text = '', attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Text with its links tappable: `tap` is called with the address. */
function withLinks(text, tap, className = '') {
  // A text in Arabic or Hebrew runs from the right.
  const paragraph = element('p', '', { dir: 'auto', ...(className ? { class: className } : {}) });
  let end = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g)) {
    paragraph.append(text.slice(end, found.index));
    const link = element('a', found[0], { href: found[0], target: '_blank', rel: 'noopener noreferrer' });
    link.addEventListener('click', (event) => {
      // A tap is the handset's, with its browser's name; with a modifier key it is the reader's own.
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      tap(found[0]);
    });
    paragraph.append(link);
    end = found.index + found[0].length;
  }
  paragraph.append(text.slice(end));
  return paragraph;
}

function pressButtons(buttons, press) {
  const group = element('div', '', { class: 'buttons' });
  for (const button of buttons) {
    const made = element('button', button.url ? `${button.text} ↗` : button.text, { type: 'button' });
    made.addEventListener('click', () => press(button));
    group.append(made);
    if (button.products?.length > 1) group.append(element('small', button.products.join(', ')));
  }
  return group;
}

/** Cards beside each other; what scrolls sideways is reached by keys. */
function cardRow(cards, tap, press) {
  const row = element('section', '', { class: 'cards', 'aria-label': 'Cards', tabindex: '0' });
  for (const card of cards) {
    const made = element('div', '', { class: 'card' });
    made.append(...templateParts(card, tap, press));
    row.append(made);
  }
  return row;
}

function templateParts(rendered, tap, press) {
  const parts = [];
  const { header, offer, body, footer, buttons, cards } = rendered;
  if (header) parts.push(withLinks(header.text || `[${header.kind}]`, tap, 'head'));
  if (offer) parts.push(element('p', `⏳ ${offer}`, { class: 'offer' }));
  if (body) parts.push(withLinks(body, tap));
  if (footer) parts.push(element('p', footer, { class: 'foot' }));
  if (cards) parts.push(cardRow(cards, tap, press));
  else if (buttons.length > 0) parts.push(pressButtons(buttons, press));
  return parts;
}

function mailParts(message, tap) {
  const parts = [element('p', message.subject || '(no subject)', { class: 'head' })];
  if (message.html) {
    // Scripts, forms and top navigation stay off: the sandbox allows only that links open elsewhere.
    const frame = element('iframe', '', { sandbox: 'allow-popups', title: `Mail: ${message.subject}` });
    frame.srcdoc = message.html;
    parts.push(frame);
  } else parts.push(withLinks(message.body, tap));
  const unsubscribe = message.headers['list-unsubscribe'];
  if (unsubscribe) parts.push(withLinks(`List-Unsubscribe: ${unsubscribe}`, tap, 'foot'));
  return parts;
}

function mediaParts(message) {
  return message.media.map((address) =>
    /^https?:.*\.(png|jpe?g|gif|webp)([?#]|$)/i.test(address)
      ? element('img', '', { src: address, alt: 'Attached picture', loading: 'lazy' })
      : element('p', `📎 ${address}`),
  );
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The line under a message: who, when, how it fared. */
export function footnote(message) {
  const route = message.kind === 'inbound' ? `to ${message.to}` : `from ${message.from}`;
  const parts = message.wire === 'twilio' && message.segments > 1 ? `${message.segments} parts` : '';
  const status = message.kind === 'outbound' ? message.status : '';
  const error = message.errorCode ? `error ${message.errorCode}` : '';
  return [route, clock.format(new Date(message.instant)), parts, status, error].filter(Boolean).join(' · ');
}

const signs = ['👍', '❤️', '😂'];

/** Buttons that put a sign on a message. */
function reactions(message, react) {
  const group = element('div', '', { class: 'reactions', role: 'group', 'aria-label': 'React' });
  for (const sign of signs) {
    const made = element('button', sign, {
      type: 'button',
      class: 'quiet',
      'aria-label': `React with ${sign}`,
    });
    made.addEventListener('click', () => react(sign, message));
    group.append(made);
  }
  return group;
}

/**
 * A message as a chat bubble. `tap(address)` opens a link, `press(button, message)` presses a template's button,
 * `react(sign, message)` puts a sign on it.
 */
export function bubble(message, tap, press, react) {
  const mine = message.kind === 'inbound';
  const kinds = ['bubble', mine ? 'mine' : '', message.kind === 'network' ? 'network' : ''];
  if (message.wire === 'meta' && !mine) kinds.push('meta');
  if (message.wire === 'smtp') kinds.push('mail');
  const made = element('article', '', { class: kinds.filter(Boolean).join(' '), 'data-id': message.id });
  made.append(element('span', mine ? 'You wrote' : `${message.sender} wrote`, { class: 'hidden' }));
  if (message.wire === 'smtp') made.append(...mailParts(message, tap));
  else {
    made.append(...mediaParts(message));
    if (message.rendered)
      made.append(...templateParts(message.rendered, tap, (button) => press(button, message)));
    else if (message.template) made.append(element('p', `Template ${message.template.name}`));
    else if (message.body) made.append(withLinks(message.body, tap));
  }
  made.append(element('small', footnote(message)));
  if (message.kind === 'outbound' && message.wire !== 'smtp') made.append(reactions(message, react));
  return made;
}
