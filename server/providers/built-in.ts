import { meta } from './meta/meta.ts';
import { smtp } from './smtp/smtp.ts';
import { twilio } from './twilio/twilio.ts';
import { wiresOf } from './wires.ts';

/** The wires that come with the program: the one list of them. */
export const builtInWires = wiresOf([twilio, meta, smtp]);
