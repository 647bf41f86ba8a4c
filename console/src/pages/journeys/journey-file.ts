import type { JourneyFile } from '../../api/journeys.ts';
import { isPart } from '../segments/definition.ts';

/** Reads a file as a journey's; what stands in its document the server looks at. @throws Error in words for whoever chose it. */
export async function readJourneyFile(file: File): Promise<JourneyFile> {
  const value = asJson(await file.text());
  const isOne =
    isPart(value) &&
    value.format === 'carillon-journey-1' &&
    typeof value.name === 'string' &&
    isPart(value.document) &&
    isPart(value.names);
  if (!isOne)
    throw new Error(
      `${file.name} is not the file of a journey. Choose one that “Download as a file” of a journey wrote.`,
    );
  return value as JourneyFile;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Hands a journey's file out to be kept. */
export function downloadFile(file: JourneyFile): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }),
  );
  link.href = url;
  link.download = `${file.name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'journey'}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
