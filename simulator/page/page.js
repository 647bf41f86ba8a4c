import { bubble, element, footnote } from './bubble.js';

const byId = (id) => document.getElementById(id);
const shortTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
let handset = null;
let shown = new Map();
let listed = 40;

async function ask(path, options = {}) {
  const { body, ...rest } = options;
  const json = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const answer = await fetch(path, { ...rest, ...json }).catch(() => {
    throw new Error('The simulator cannot be reached; check that it runs');
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
}

const pathOf = (number) => `handsets/${encodeURIComponent(number)}`;

function say(text, bad = false) {
  byId('result').textContent = text;
  byId('result').classList.toggle('bad', bad);
}

function preview(last) {
  const text = last.subject || last.rendered?.body || last.body || last.template?.name || 'Attachment';
  return last.kind === 'inbound' ? `You: ${text}` : text;
}

async function listHandsets() {
  const q = byId('search').value.replace(/[\s().-]/g, '');
  const { handsets, next } = await ask(`handsets?limit=${listed}&q=${encodeURIComponent(q)}`);
  const rows = handsets.map(({ number, display, last }) => {
    const row = element('li');
    const button = element('button', '', { type: 'button', 'aria-current': String(number === handset) });
    const time = element('time', shortTime.format(new Date(last.instant)), { datetime: last.instant });
    button.append(element('strong', display), time, element('span', preview(last), { class: 'last' }));
    button.addEventListener('click', () => tellTrouble(open(number)));
    row.append(button);
    return row;
  });
  const focused = [...byId('handsets').children].findIndex((row) => row.contains(document.activeElement));
  byId('handsets').replaceChildren(...rows);
  if (focused >= 0) rows[focused]?.firstChild.focus();
  byId('nobody').hidden = rows.length > 0;
  byId('nobody').textContent =
    q === ''
      ? 'No handset has a message yet. Type a number above to open one.'
      : 'No handset matches. Open adds one: a number with its country code, or an email address.';
  byId('more').hidden = next === null;
}

async function showThread() {
  if (handset === null) return;
  const wanted = handset;
  const { messages } = await ask(`${pathOf(wanted)}/messages`);
  if (wanted !== handset) return;
  const log = byId('messages');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const recent = messages.slice(-200);
  for (const message of recent) {
    const known = shown.get(message.id);
    if (known) known.querySelector('small').textContent = footnote(message);
    else {
      const made = bubble(message, tap, press, react);
      shown.set(message.id, made);
      log.append(made);
    }
  }
  if (atEnd) log.scrollTop = log.scrollHeight;
  byId('facts').textContent =
    messages.length === 0
      ? 'No message yet'
      : `${messages.length} message${messages.length === 1 ? '' : 's'}`;
  await offerSenders(messages);
}

/** Whom one may write to: all registered numbers, the one that wrote last chosen. */
async function offerSenders(messages) {
  const { numbers } = await ask('numbers');
  const last = messages.findLast((message) => message.wire !== 'smtp');
  const key = (number, wire) => `${wire} ${number}`;
  const select = byId('to');
  const chosen = select.dataset.handset === handset ? select.value : '';
  const wanted = chosen || (last ? key(last.sender, last.wire) : '');
  select.replaceChildren(
    ...numbers.map(({ number, wire }) =>
      element('option', `${number} · ${wire === 'meta' ? 'WhatsApp' : 'SMS'}`, { value: key(number, wire) }),
    ),
  );
  if (wanted) select.value = wanted;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
  select.dataset.handset = handset;
  byId('compose').hidden = handset.includes('@') || numbers.length === 0;
}

async function open(number) {
  refuse('');
  handset = number;
  shown = new Map();
  byId('messages').replaceChildren();
  // What was there before is not news, so it is not read out.
  byId('messages').ariaBusy = 'true';
  byId('who').textContent = number;
  document.title = `${number} · Handsets`;
  document.body.classList.add('open');
  if (named() !== number) location.hash = encodeURIComponent(number);
  say('');
  await showThread();
  byId('messages').scrollTop = byId('messages').scrollHeight;
  byId('messages').ariaBusy = 'false';
  await listHandsets();
  byId('thread').focus();
}

/** The handset that the address names, empty for none. */
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Back to the list; what was open closes. */
function close() {
  handset = null;
  document.body.classList.remove('open');
  document.title = 'Handsets · Carillon carrier simulator';
  byId('who').textContent = 'Choose a handset';
  byId('facts').textContent = '';
  byId('messages').replaceChildren();
  byId('compose').hidden = true;
  byId('search').focus();
  tellTrouble(listHandsets());
}

function refuse(text) {
  byId('refused').textContent = text;
  byId('search').setAttribute('aria-invalid', String(text !== ''));
}

/** What cannot be read now is said where the state of the line stands. */
function tellTrouble(reading) {
  return reading.catch((error) => {
    byId('live').textContent = error.message;
    byId('live').classList.remove('on');
  });
}

/** What was typed as a handset's name: a number, an email address or a WhatsApp user id; null for none of them. */
function readHandset(text) {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^\d{9,15}$/.test(digits)) return `+${digits}`;
  if (/^\+\d{7,15}$/.test(digits)) return digits;
  return /^[^\s@]+@[^\s@]+$|^[A-Z]{2}\.\w+$/.test(text) ? text : null;
}

async function send(message) {
  const [wire, to] = byId('to').value.split(' ');
  try {
    const { webhook } = await ask(`${pathOf(handset)}/messages`, {
      method: 'POST',
      body: { wire, to, ...message },
    });
    const taken = webhook.status !== null && webhook.status < 300;
    say(taken ? 'Delivered' : `Not taken: the webhook answered ${webhook.status ?? 'nothing'}`, !taken);
  } catch (error) {
    say(error.message, true);
  }
  await tellTrouble(showThread());
}

async function tap(url) {
  try {
    const { status, location: target } = await ask(`${pathOf(handset)}/taps`, {
      method: 'POST',
      body: { url },
    });
    say(`Opened ${url}: ${status}${target ? ` → ${target}` : ''}`);
  } catch (error) {
    say(error.message, true);
  }
}

/** The kinds of button that open something on the phone alone, of which the business hears nothing. */
const silent = [
  ...['copy_code', 'voice_call', 'otp', 'location_request_message', 'address_message'],
  ...['flow', 'catalog_message', 'product', 'product_list'],
];

async function press(button, message) {
  if (button.url)
    return button.url.startsWith('http') ? tap(button.url) : say(`Would call ${button.url.slice(4)}`);
  if (silent.includes(button.kind)) return say(`Would open “${button.text}”`);
  try {
    const body = { messageId: message.id, title: button.text, card: button.card };
    await ask(`${pathOf(handset)}/presses`, { method: 'POST', body });
    say(`Pressed ${button.text}`);
  } catch (error) {
    say(error.message, true);
  }
  await tellTrouble(showThread());
}

/** A sign on a message: on WhatsApp one of its own, on SMS the text that the chosen phone sends for it. */
async function react(emoji, message) {
  const phone = byId('phone').value;
  try {
    await ask(`${pathOf(handset)}/reactions`, {
      method: 'POST',
      body: { messageId: message.id, emoji, phone },
    });
    say(`Reacted ${emoji}`);
  } catch (error) {
    say(error.message, true);
  }
  await tellTrouble(showThread());
}

/** The person moves to a new number and WhatsApp tells the business that is chosen. */
async function move(newNumber) {
  const [wire, to] = byId('to').value.split(' ');
  if (wire !== 'meta')
    return say('Choose a WhatsApp number under “To”: only WhatsApp tells of new numbers', true);
  try {
    await ask(`${pathOf(handset)}/number-changes`, { method: 'POST', body: { to, newNumber } });
    say(`Moved to ${newNumber}; ${to} was told`);
    byId('next').value = '';
  } catch (error) {
    say(error.message, true);
  }
  await tellTrouble(showThread());
}

byId('move').addEventListener('click', () => move(byId('next').value.trim()));
byId('pick').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = byId('search').value.trim();
  const number = readHandset(text);
  if (number) tellTrouble(open(number));
  else
    refuse(
      `${text ? `“${text}”` : 'Nothing'} names no handset: type a number like +14155550132, or an email address.`,
    );
});
byId('search').addEventListener('input', () => {
  refuse('');
  tellTrouble(listHandsets());
});
byId('more').addEventListener('click', () => {
  listed += 100;
  tellTrouble(listHandsets());
});
byId('back').addEventListener('click', () => {
  location.hash = '';
});
// Back and Forward, and links to a handset.
addEventListener('hashchange', () => {
  if (named() === '') close();
  else if (named() !== handset) tellTrouble(open(named()));
});
byId('compose').addEventListener('submit', async (event) => {
  event.preventDefault();
  const words = byId('words').value.trim();
  byId('words').value = '';
  if (words) await send({ body: words });
  byId('words').focus();
});
byId('words').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('compose').requestSubmit();
});
for (const button of document.querySelectorAll('[data-say]'))
  button.addEventListener('click', () => send({ body: button.dataset.say }));

const events = new EventSource('events');
events.addEventListener('open', () => {
  byId('live').textContent = 'live';
  byId('live').classList.add('on');
});
events.addEventListener('error', () => {
  byId('live').textContent = 'reconnecting…';
  byId('live').classList.remove('on');
});
events.addEventListener('change', ({ data }) => {
  const { handsets } = JSON.parse(data);
  tellTrouble(listHandsets());
  if (handsets === null || handsets.includes(handset)) tellTrouble(showThread());
});

await tellTrouble(listHandsets());
if (named()) await tellTrouble(open(named()));
