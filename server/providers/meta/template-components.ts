import type { NewTemplate, TemplateButton, TemplateCard, TemplateShape } from '../template-approval.ts';

/** Components as Meta takes them, or everything that is wrong with the template at once. */
export type BuiltTemplate =
  | { ok: true; parameterFormat: 'positional' | 'named'; components: Record<string, unknown>[] }
  | { ok: false; problems: string[] };

/** Meta's limits for one template (source: Cloud API, message templates; checked 2026-11-23). */
const templateLimits = {
  headerText: 60,
  headerVariables: 1,
  body: 1024,
  footer: 60,
  buttons: 10,
  buttonText: 25,
  urlButtons: 2,
  phoneButtons: 1,
  copyCodeButtons: 1,
  codeMinutes: [1, 90],
} as const;

const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names or numbers of the variables in a text, each once, in the order they first stand. */
export function templateVariables(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
}

/** Turns our template into Meta's `components` for creation, with the examples reviewers need. */
export function buildTemplateComponents(
  shape: TemplateShape & Pick<NewTemplate, 'authentication'>,
): BuiltTemplate {
  if (shape.authentication) return authenticationComponents(shape.authentication);
  const problems = templateProblems(shape);
  if (problems.length > 0) return { ok: false, problems };
  const named = parameterNames(shape).some((name) => !/^\d+$/.test(name));
  const example = (name: string) => shape.examples?.[name] ?? name;
  const components: Record<string, unknown>[] = [];
  const headerExample = (name: string) => shape.headerExamples?.[name] ?? example(name);
  if (shape.header !== undefined) components.push(headerComponent(shape.header, named, headerExample));
  if (shape.offer !== undefined)
    components.push({
      type: 'LIMITED_TIME_OFFER',
      limited_time_offer: { text: shape.offer.text, has_expiration: shape.offer.hasEnd },
    });
  components.push(bodyComponent(shape.body, named, example));
  if (shape.footer !== undefined) components.push({ type: 'FOOTER', text: shape.footer });
  if (shape.buttons?.length) {
    components.push({
      type: 'BUTTONS',
      buttons: shape.buttons.map((button) => buttonComponent(button, example)),
    });
  }
  if (shape.cards?.length) components.push({ type: 'CAROUSEL', cards: shape.cards.map(cardComponent) });
  if (shape.asksToCall) components.push({ type: 'CALL_PERMISSION_REQUEST' });
  return { ok: true, parameterFormat: named ? 'named' : 'positional', components };
}

/** A code with a button that copies it: Meta's own words in each language (Cloud API, authentication templates). */
function authenticationComponents({
  securityRecommendation,
  expiresInMinutes,
  apps,
}: NonNullable<NewTemplate['authentication']>): BuiltTemplate {
  const [shortest, longest] = templateLimits.codeMinutes;
  if (expiresInMinutes < shortest || expiresInMinutes > longest)
    return { ok: false, problems: [`a code lives ${shortest} to ${longest} minutes`] };
  return {
    ok: true,
    parameterFormat: 'positional',
    components: [
      { type: 'BODY', add_security_recommendation: securityRecommendation },
      { type: 'FOOTER', code_expiration_minutes: expiresInMinutes },
      { type: 'BUTTONS', buttons: [codeButton(apps)] },
    ],
  };
}

function codeButton(taken: NonNullable<NewTemplate['authentication']>['apps']): Record<string, unknown> {
  if (taken === undefined) return { type: 'OTP', otp_type: 'COPY_CODE' };
  const { tap, apps, autofillText, zeroTapTermsAccepted } = taken;
  return {
    ...{ type: 'OTP', otp_type: tap === 'oneTap' ? 'ONE_TAP' : 'ZERO_TAP' },
    ...(autofillText === undefined ? {} : { autofill_text: autofillText }),
    ...(tap === 'zeroTap' ? { zero_tap_terms_accepted: zeroTapTermsAccepted === true } : {}),
    supported_apps: apps.map(({ packageName, signatureHash }) => ({
      ...{ package_name: packageName, signature_hash: signatureHash },
    })),
  };
}

/** What Meta would refuse in this template, in words for its author; empty when there is nothing. */
function templateProblems(shape: TemplateShape): string[] {
  const problems: string[] = [];
  const tooLong = (what: string, text: string, limit: number) => {
    if ([...text].length > limit) problems.push(`${what} is longer than ${limit} characters`);
  };
  if (shape.header?.kind === 'text') {
    tooLong('header', shape.header.text, templateLimits.headerText);
    if (templateVariables(shape.header.text).length > templateLimits.headerVariables) {
      problems.push('header holds more than one variable');
    }
  }
  if (shape.body.trim() === '') problems.push('body is empty');
  tooLong('body', shape.body, templateLimits.body);
  if (/^\s*\{\{/.test(shape.body) || /\}\}\s*$/.test(shape.body))
    problems.push('body begins or ends with a variable');
  tooLong('footer', shape.footer ?? '', templateLimits.footer);
  if (templateVariables(shape.footer ?? '').length > 0) problems.push('footer holds a variable');
  return [...problems, ...variableProblems(shape), ...buttonProblems(shape.buttons ?? [])];
}

function parameterNames(shape: TemplateShape): string[] {
  const header = shape.header?.kind === 'text' ? templateVariables(shape.header.text) : [];
  return [...header, ...templateVariables(shape.body)];
}

function variableProblems(shape: TemplateShape): string[] {
  const names = parameterNames(shape);
  const numbers = names.filter((name) => /^\d+$/.test(name));
  if (numbers.length > 0 && numbers.length < names.length) return ['numbered and named variables are mixed'];
  if (numbers.length === 0) {
    const bad = names.filter((name) => !/^[a-z0-9_]+$/.test(name));
    return bad.map((name) => `variable ${name} is not of lower-case letters, digits and underscores`);
  }
  const inBody = templateVariables(shape.body).map(Number);
  const gap = inBody.toSorted((a, b) => a - b).some((number, index) => number !== index + 1);
  return gap ? ["the body's variables are not numbered 1, 2, 3 without gaps"] : [];
}

function buttonProblems(buttons: readonly TemplateButton[]): string[] {
  const problems: string[] = [];
  const count = (type: TemplateButton['type']) => buttons.filter((button) => button.type === type).length;
  if (buttons.length > templateLimits.buttons) problems.push(`more than ${templateLimits.buttons} buttons`);
  if (count('url') > templateLimits.urlButtons)
    problems.push(`more than ${templateLimits.urlButtons} link buttons`);
  if (count('phone') > templateLimits.phoneButtons) problems.push('more than one phone button');
  if (count('copyCode') > templateLimits.copyCodeButtons) problems.push('more than one code button');
  for (const button of buttons) {
    if ('text' in button && [...button.text].length > templateLimits.buttonText) {
      problems.push(`button "${button.text}" is longer than ${templateLimits.buttonText} characters`);
    }
    if (button.type === 'url' && !/^[^{}]*(\{\{\s*1\s*\}\})?$/.test(button.url)) {
      problems.push(`link of button "${button.text}" may hold one {{1}}, at its end`);
    }
  }
  return problems;
}

type Example = (name: string) => string;

function headerComponent(
  header: NonNullable<TemplateShape['header']>,
  named: boolean,
  example: Example,
): Record<string, unknown> {
  if (header.kind !== 'text') return fileHeader(header);
  const names = templateVariables(header.text);
  const examples = named
    ? { header_text_named_params: names.map((name) => ({ param_name: name, example: example(name) })) }
    : { header_text: names.map(example) };
  return {
    type: 'HEADER',
    format: 'TEXT',
    text: header.text,
    ...(names.length === 0 ? {} : { example: examples }),
  };
}

/** What stands above a body and is no text: places and products have no sample. */
function fileHeader(
  header: Exclude<NonNullable<TemplateShape['header']>, { kind: 'text' }>,
): Record<string, unknown> {
  const sample = 'sampleHandle' in header ? { example: { header_handle: [header.sampleHandle] } } : {};
  return { type: 'HEADER', format: header.kind.toUpperCase(), ...sample };
}

function cardComponent({ header, body, buttons }: TemplateCard): Record<string, unknown> {
  const example = (name: string) => body?.examples[name] ?? name;
  return {
    components: [
      fileHeader(header),
      ...(body === undefined ? [] : [bodyComponent(body.text, false, example)]),
      { type: 'BUTTONS', buttons: buttons.map((button) => buttonComponent(button, example)) },
    ],
  };
}

function bodyComponent(text: string, named: boolean, example: Example): Record<string, unknown> {
  const names = templateVariables(text);
  const inOrder = named ? names : names.toSorted((a, b) => Number(a) - Number(b));
  const examples = named
    ? { body_text_named_params: inOrder.map((name) => ({ param_name: name, example: example(name) })) }
    : { body_text: [inOrder.map(example)] };
  return { type: 'BODY', text, ...(names.length === 0 ? {} : { example: examples }) };
}

function buttonComponent(button: TemplateButton, example: Example): Record<string, unknown> {
  switch (button.type) {
    case 'quickReply':
      return { type: 'QUICK_REPLY', text: button.text };
    case 'phone':
      return { type: 'PHONE_NUMBER', text: button.text, phone_number: button.phone };
    case 'copyCode':
      return { type: 'COPY_CODE', example: button.code };
    case 'url': {
      const filled = button.url.replace(VARIABLE, (_, name: string) => example(name));
      const examples = filled === button.url ? {} : { example: [filled] };
      return { type: 'URL', text: button.text, url: button.url, ...examples };
    }
    case 'flow': {
      const { text, flow, screen } = button;
      const opens =
        screen === undefined
          ? { flow_action: 'data_exchange' }
          : { flow_action: 'navigate', navigate_screen: screen };
      return {
        type: 'FLOW',
        text,
        ...('id' in flow ? { flow_id: flow.id } : { flow_name: flow.name }),
        ...opens,
      };
    }
    case 'voiceCall':
      return {
        ...{ type: 'VOICE_CALL', text: button.text },
        ...(button.ttlMinutes === undefined ? {} : { ttl_minutes: button.ttlMinutes }),
      };
    case 'catalog':
      return { type: 'CATALOG', text: 'View catalog' };
    case 'products':
      return { type: 'MPM', text: 'View items' };
    case 'product':
      return { type: 'SPM', text: 'View' };
    case 'requestContact':
      return { type: 'REQUEST_CONTACT_INFO' };
  }
}
