import { deliverySuite } from './delivery-suite.ts';
import { redisServer } from './queue-servers.ts';

deliverySuite('Redis', redisServer);
