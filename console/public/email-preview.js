// Shows the email that the console posts here. This frame has no origin and may run nothing else
// (server/http/console-routes.ts), so what an email brings along stays inert.
window.addEventListener('message', (event) => {
  if (event.source !== window.parent || typeof event.data?.html !== 'string') return;
  const email = new DOMParser().parseFromString(event.data.html, 'text/html');
  document.body.replaceChildren(...email.head.querySelectorAll('style'), ...email.body.childNodes);
  document.body.style.cssText = email.body.style.cssText;
});
// Links look as they will and lead nowhere.
window.addEventListener('click', (event) => event.preventDefault(), true);
window.parent.postMessage({ emailPreviewReady: true }, '*');
