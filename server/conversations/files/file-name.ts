const longest = 120;
/** What is no sign of a file's name on some system, and signs that turn a text round. */
const unfit = /[\p{C}\\/:*?"<>|]+/gu;

/** The name that a file is saved under: as its sender called it, less what no system takes, else by its id. Pure. */
export function savedName(name: string | null, id: string, extension: string): string {
  const fit = (name ?? '').replaceAll(unfit, ' ').replaceAll(/\s+/g, ' ').trim().replace(/^\.+/, '');
  if (fit === '') return `file-${id}.${extension}`;
  return fit.length <= longest
    ? fit
    : `${fit.slice(0, longest - 12).toWellFormed()}…${fit.slice(-10).toWellFormed()}`;
}

/** The header that has a browser save a file under a name, or show it (RFC 6266, RFC 8187). Pure. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
