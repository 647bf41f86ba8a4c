// Shows the email that the console posts here. This frame has no origin and may run nothing else
// (server/http/console-routes.ts), so what an email brings along stays inert.
window.addEventListener('message', (event) => {
  if (event.source !== window.parent || typeof event.data?.html !== 'string') return;
  const email = new DOMParser().parseFromString(event.data.html, 'text/html');
  document.body.replaceChildren(...email.head.querySelectorAll('style'), ...email.body.childNodes);
  for (const link of document.body.querySelectorAll('a')) link.removeAttribute('href');
});
window.parent.postMessage({ emailPreviewReady: true }, '*');
