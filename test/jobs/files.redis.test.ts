import { filesSuite } from './files-suite.ts';
import { redisServer } from './queue-servers.ts';

filesSuite('Redis', redisServer);
