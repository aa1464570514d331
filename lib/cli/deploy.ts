import { deployFromSettings } from './deploy-command';
import { DEPLOYMENTS } from './deployment-record';

// `npm run deploy`: ProcurementLedger on a chain of your own; `npm start` then finds it. contracts/README.md says how.

try {
  const { record, fresh } = await deployFromSettings(process.env, DEPLOYMENTS);
  console.log(fresh ? 'Deployed.' : 'Already deployed, and as it should be: nothing was sent.');
  console.log(JSON.stringify(record, null, 2));
  console.log(`CONTRACT_ADDRESS=${record.address}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
