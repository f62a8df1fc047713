import { readCandleColumns } from '../../src/adapters/feed-file/file-feed.ts';

readCandleColumns(process.argv[2], '1m');
