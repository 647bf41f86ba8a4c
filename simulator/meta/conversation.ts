import { type MetaError, metaError } from './errors.ts';
import { listAt, textAt } from './fields.ts';

/** Limits of ice breakers and commands (Meta, conversational components). */
const most = { prompts: 4, promptLength: 80, commands: 30, nameLength: 32, descriptionLength: 256 };
const names = ['enable_welcome_message', 'prompts', 'commands', 'messaging_product'];
const emoji = /\p{Extended_Pictographic}/u;

/** What Meta would refuse of ice breakers and commands; null for nothing. */
export function conversationFault(fields: Record<string, unknown>): MetaError | null {
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown) return metaError(100, `Unexpected key "${unknown}" on conversational automation`);
  const prompts = listAt(fields, 'prompts').map(String);
  if (prompts.length > most.prompts) return metaError(100, `Param prompts: at most ${most.prompts}`);
  const bad = prompts.find(
    (prompt) => prompt === '' || prompt.length > most.promptLength || emoji.test(prompt),
  );
  if (bad !== undefined)
    return metaError(
      100,
      `Param prompts: "${bad}" must have 1 to ${most.promptLength} characters and no emoji`,
    );
  return commandsFault(listAt(fields, 'commands'));
}

function commandsFault(commands: unknown[]): MetaError | null {
  if (commands.length > most.commands) return metaError(100, `Param commands: at most ${most.commands}`);
  const seen = new Set<string>();
  for (const command of commands) {
    const [name, description] = [textAt(command, 'command_name'), textAt(command, 'command_description')];
    if (!/^[a-z0-9_]+$/i.test(name) || name.length > most.nameLength)
      return metaError(
        100,
        `Invalid command name format. Command names must contain only alphanumeric characters and underscores, ${most.nameLength} at most`,
      );
    if (description === '' || description.length > most.descriptionLength)
      return metaError(100, `Command descriptions have 1 to ${most.descriptionLength} characters`);
    if (seen.has(name)) return metaError(100, `Command names must be unique: ${name}`);
    seen.add(name);
  }
  return null;
}
