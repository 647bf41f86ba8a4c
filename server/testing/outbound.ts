import { readAllowedPlaces } from '../config/allowed-places.ts';
import { createGuard } from '../outbound/guard.ts';

/** A guard as an operator sets it who lets calls go to this machine, as all tests' servers are there. No other name is known. */
export const loopbackAllowed = createGuard({
  allow: readAllowedPlaces('localhost'),
  simulator: [],
  lookup: (hostname, _options, done) => {
    if (hostname === 'localhost') done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(Object.assign(new Error(`${hostname} is not known`), { code: 'ENOTFOUND' }), []);
  },
});
