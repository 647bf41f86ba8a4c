import { escapeHtml } from './email-html.ts';

/** The pages people see who follow a link: plain, readable by everything, asking for nothing from elsewhere. */
function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;padding:2rem 1rem;color:#1a1a1a;background:#fff}
main{max-width:32rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.25}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.25rem;color:#fff;background:#14532d;cursor:pointer}
button:focus-visible{outline:3px solid #1d4ed8;outline-offset:3px}
@media (prefers-color-scheme:dark){body{color:#f2f2f2;background:#161616}button{color:#052e16;background:#86efac}button:focus-visible{outline-color:#93c5fd}}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/** Shown for a code that leads nowhere. */
export function noSuchLinkPage(): string {
  return page(
    'This link leads nowhere',
    '<p>It may have been cut short or mistyped. Open it again from the message it came in.</p>',
  );
}

/** Asks before anything is done: mail scanners and previews fetch links too. */
export function askToUnsubscribePage(brand: string, address: string | null): string {
  return page(
    `Stop messages from ${brand}?`,
    `<p>${escapeHtml(named(address))} will get no more messages of this kind from ${escapeHtml(brand)}.</p>
<form method="post"><button type="submit">Unsubscribe</button></form>`,
  );
}

/** Shown once the opt-out is in the ledger. */
export function unsubscribedPage(brand: string, address: string | null): string {
  return page(
    'You are unsubscribed',
    `<p>${escapeHtml(named(address))} will get no more messages of this kind from ${escapeHtml(brand)}.</p>`,
  );
}

/** Of somebody who was deleted no address is known. */
function named(address: string | null): string {
  return address === null ? 'Your address' : masked(address);
}

/** Enough of an address for its owner to know it by, too little for whoever else opens the link. */
function masked(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  return `•••${address.slice(-4)}`;
}
