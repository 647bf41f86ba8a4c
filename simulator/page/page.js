import { bubble, element, footnote } from './bubble.js';

const byId = (id) => document.getElementById(id);
const shortTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
let handset = null;
let shown = new Map();
let listed = 40;

async function ask(path, options = {}) {
  const { body, ...rest } = options;
  const json = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const answer = await fetch(path, { ...rest, ...json });
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
    button.addEventListener('click', () => open(number));
    row.append(button);
    return row;
  });
  const focused = [...byId('handsets').children].findIndex((row) => row.contains(document.activeElement));
  byId('handsets').replaceChildren(...rows);
  if (focused >= 0) rows[focused]?.firstChild.focus();
  byId('nobody').hidden = rows.length > 0;
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
      const made = bubble(message, tap, press);
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
  handset = number;
  shown = new Map();
  byId('messages').replaceChildren();
  // What was there before is not news, so it is not read out.
  byId('messages').ariaBusy = 'true';
  byId('who').textContent = number;
  document.title = `${number} · Handsets`;
  document.body.classList.add('open');
  location.hash = encodeURIComponent(number);
  say('');
  await showThread();
  byId('messages').scrollTop = byId('messages').scrollHeight;
  byId('messages').ariaBusy = 'false';
  await listHandsets();
  byId('thread').focus();
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
  await showThread();
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

function press(button, message) {
  if (button.url)
    return button.url.startsWith('http') ? tap(button.url) : say(`Would call ${button.url.slice(4)}`);
  byId('to').value = `meta ${message.sender}`;
  return send({ button: { text: button.text, payload: button.payload ?? button.text }, replyTo: message.id });
}

byId('pick').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = byId('search').value.trim();
  const digits = text.replace(/[\s().-]/g, '');
  const number = /^\d{9,15}$/.test(digits) ? `+${digits}` : /^\+\d+$/.test(digits) ? digits : text;
  if (number) open(number);
});
byId('search').addEventListener('input', listHandsets);
byId('more').addEventListener('click', () => {
  listed += 100;
  listHandsets();
});
byId('back').addEventListener('click', () => {
  document.body.classList.remove('open');
  byId('search').focus();
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
  listHandsets();
  if (handsets === null || handsets.includes(handset)) showThread();
});

await listHandsets();
const fromAddress = decodeURIComponent(location.hash.slice(1));
if (fromAddress) await open(fromAddress);
