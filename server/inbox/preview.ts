const longestPreview = 160;

/** How a message begins, in one line. */
export function previewOf(body: string, mediaCount = 0): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  if (line === '')
    return mediaCount > 0 ? (mediaCount === 1 ? 'A picture or file' : `${mediaCount} pictures or files`) : '';
  const letters = [...line];
  return letters.length > longestPreview ? `${letters.slice(0, longestPreview).join('')}…` : line;
}

/** What stands where the last message was taken back. */
export const takenBackPreview = 'Took a message back';
