/**
 * Everything that needs a whole server, in one file: a file of tests loads the product anew, and that costs more than most of these tests.
 * One suite alone: jest tests/delivery/delivery -t 'bad input'.
 */
import './happy-path.suite.ts';
import './bad-input.suite.ts';
import './lease.suite.ts';
import './time.suite.ts';
import './room.suite.ts';
import './storage.suite.ts';
import './restart.suite.ts';
import './canary.suite.ts';
import './model.suite.ts';
import './kill.suite.ts';
