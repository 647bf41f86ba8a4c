// The official client against the whole program; one start serves all of it, and the last part sees to it that
// no method of the client was left out.
import './iterable-client/story.contract.ts';
import './iterable-client/people.contract.ts';
import './iterable-client/content.contract.ts';
import './iterable-client/campaigns.contract.ts';
import './iterable-client/catalogs.contract.ts';
import './iterable-client/journeys.contract.ts';
import './iterable-client/refusals.contract.ts';
