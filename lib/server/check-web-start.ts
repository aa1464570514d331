import { checkOwnWorld, refuseProblems } from './check-world';
import { ConfigurationError } from './env';
import { logger } from './log';
import { world } from './world';

/**
 * For a web server that was started by itself: receipts signed with a wrong key could never be taken back, so it ends
 * with the message that `npm start` would give. A database that is away for the moment is no reason to end.
 */
export async function checkWebStart(): Promise<void> {
  try {
    refuseProblems(await checkOwnWorld(world()));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      logger().warn({ err: error }, 'the configuration could not be checked against the database');
      return;
    }
    console.error(error.message);
    process.exit(1);
  }
}
