import { type Static, Type } from 'typebox';
import type { WhatsAppComponent, WhatsAppTemplateMessage } from '../../providers/sending.ts';
import type { MetaTemplateShape } from './meta-shape.ts';

/** What a reviewer sees in place of one variable of a template's text. */
export const templateExample = Type.Object({
  language: Type.String({ description: 'Meta’s code of the text' }),
  field: Type.String({ description: 'header.text, body, or carousel.cards.0.body and its like' }),
  number: Type.Integer({ minimum: 1, description: 'Meta’s number of the variable in that field' }),
  example: Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[^\\n\\r\\t]*$' }),
});
export type TemplateExample = Static<typeof templateExample>;

/** The examples of a shape, by field. */
const fieldsOf = (
  shape: MetaTemplateShape,
): [field: string, examples: Readonly<Record<string, string>>][] => [
  ['header.text', shape.headerExamples ?? {}],
  ['body', shape.examples ?? {}],
  ...(shape.cards ?? []).map(({ body }, place): [string, Readonly<Record<string, string>>] => [
    `carousel.cards.${place}.body`,
    body?.examples ?? {},
  ]),
];

/** The examples of a template: what a message filled in, or the fallbacks and fields' names where there is none. */
export function examplesOf(
  language: string,
  shape: MetaTemplateShape,
  message: WhatsAppTemplateMessage | null,
): TemplateExample[] {
  return fieldsOf(shape).flatMap(([field, examples]) => {
    const filled = message === null ? [] : textsOf(message.components, field);
    return Object.entries(examples).map(([number, example]) => ({
      ...{ language, field, number: Number(number) },
      example: filled[Number(number) - 1] ?? example,
    }));
  });
}

function textsOf(components: readonly WhatsAppComponent[], field: string): string[] {
  const [, place] = /^carousel\.cards\.(\d+)\.body$/.exec(field) ?? [];
  if (place !== undefined) {
    const carousel = components.find(({ type }) => type === 'carousel');
    const card = carousel?.type === 'carousel' ? carousel.cards[Number(place)] : undefined;
    return textsOf(card?.components ?? [], 'body');
  }
  const found = components.find(({ type }) => type === (field === 'body' ? 'body' : 'header'));
  const parameters = found && 'parameters' in found ? found.parameters : [];
  return parameters.flatMap((parameter) => (parameter.type === 'text' ? [parameter.text] : []));
}

/** The shape with these examples in place of its own; those of other languages, and of variables that it has not, change nothing. */
export function withExamples(
  shape: MetaTemplateShape,
  language: string,
  examples: readonly TemplateExample[],
): MetaTemplateShape {
  const chosen = (field: string, own: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(own).map(([number, example]) => [
        number,
        examples.find(
          (each) => each.language === language && each.field === field && each.number === Number(number),
        )?.example ?? example,
      ]),
    );
  return {
    ...shape,
    headerExamples: chosen('header.text', shape.headerExamples),
    examples: chosen('body', shape.examples),
    ...(shape.cards && {
      cards: shape.cards.map((card, place) => ({
        ...card,
        ...(card.body && {
          body: { ...card.body, examples: chosen(`carousel.cards.${place}.body`, card.body.examples) },
        }),
      })),
    }),
  };
}
